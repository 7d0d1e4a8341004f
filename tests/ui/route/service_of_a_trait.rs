#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

trait Mail: Send + Sync {}

#[post("/letters", version = Version::V1.., role = Role::Customer)]
async fn send(_mail: Service<dyn Mail>) -> Accepted {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(send))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

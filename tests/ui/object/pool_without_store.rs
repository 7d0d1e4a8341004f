#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Pool;

#[post("/orders", version = Version::V1.., role = Role::Customer)]
async fn create(_pool: Writer<Pool>, Json(_body): Json<NewOrder>) -> Accepted {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

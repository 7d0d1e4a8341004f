#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/first", version = Version::V1.., role = Role::Customer)]
async fn first() -> Scalar<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(first))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

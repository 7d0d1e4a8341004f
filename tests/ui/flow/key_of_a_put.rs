#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/orders/{order}", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn replace(order: Authorized<Order>, Json(_body): Json<NewOrder>) -> NoContent {
    drop(order);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(replace))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

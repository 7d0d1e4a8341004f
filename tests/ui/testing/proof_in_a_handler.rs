#[path = "../shop.rs"]
mod shop;
use secure_api::{prelude::*, testing};
use shop::*;

#[get("/latest-order", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn latest_order(caller: Caller<Role>) -> Authorized<Order> {
    testing::authorized!(latest(), &caller)
}

fn latest() -> Order {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(latest_order))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

use secure_api::object::Unchecked;

#[post("/orders/merge", version = Version::V1.., role = Role::Customer)]
async fn merge(_orders: Unchecked<Order>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(merge))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

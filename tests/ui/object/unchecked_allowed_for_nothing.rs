#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/orders/{order}/merge", version = Version::V1.., role = Role::Customer,
       allow(unchecked, reason = "an order is merged with another one's"))]
async fn merge(_order: Authorized<Order>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(merge))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer, deprecated(since = 2026-06-01))]
async fn cancel(order: Authorized<Order>) -> NoContent {
    drop(order);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(cancel),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

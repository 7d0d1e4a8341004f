#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
async fn cancel(order: &str) -> NoContent {
    drop(order.to_owned());
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(cancel),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod orders {
    use super::*;

    #[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
    async fn cancel(order: Authorized<Order>) -> NoContent {
        drop(order);
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(crate::orders::cancel),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

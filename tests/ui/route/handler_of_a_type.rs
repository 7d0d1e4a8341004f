#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Orders;

impl Orders {
    #[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
    pub async fn cancel(order: Authorized<Order>) -> NoContent {
        drop(order);
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(Orders::cancel),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

pub struct Orders;

impl Orders {
    pub fn new() -> Self {
        Self
    }

    #[delete("/orders/{order}", version = Version::V1.., role = Role::Customer)]
    pub async fn cancel(order: Authorized<Order>) -> NoContent {
        drop(order);
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_order),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

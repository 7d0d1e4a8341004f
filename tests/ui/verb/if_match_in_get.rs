#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Admin, view = OrderAudit, if_match = get_order)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

fn main() {}

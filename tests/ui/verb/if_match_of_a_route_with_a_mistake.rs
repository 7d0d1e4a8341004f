#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Shows an order.
#[get("/orders/{order}", versoin = Version::V1.., role = Role::Customer, view = OrderView)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Removes an order.
#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer, if_match = get_order)]
async fn remove_order(order: Authorized<Order>) -> NoContent {
    let _ = order;
    NoContent
}

fn main() {}

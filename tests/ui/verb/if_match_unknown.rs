#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Removes an order.
#[delete("/orders/{order}", version = Version::V1.., role = Role::Admin, if_match = get_order)]
async fn remove_order(order: Authorized<Order>) -> NoContent {
    let _ = order;
    NoContent
}

fn main() {}

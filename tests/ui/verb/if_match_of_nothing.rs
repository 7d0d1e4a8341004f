#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Removes all orders.
#[delete("/orders", version = Version::V1.., role = Role::Admin, if_match = get_order)]
async fn remove_orders() -> NoContent {
    let _ = Role::Admin;
    NoContent
}

fn main() {}

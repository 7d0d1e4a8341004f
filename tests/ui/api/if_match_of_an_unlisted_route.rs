#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Removes an order.
#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer, if_match = get_order)]
async fn delete_order(_order: Authorized<Order>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_role, reason = "a part of a larger API"),
      routes(delete_order))]
pub struct Shop;

fn main() {}

#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Shows an order, as it once was.
#[get("/order/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary,
      deprecated(since = "2030-01-01", instead = get_order))]
async fn old_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_role, reason = "a part of a larger API"),
      routes(old_order))]
pub struct Shop;

fn main() {}

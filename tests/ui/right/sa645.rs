//! `Created::at`, `instead` and `if_match` give callers the address of another operation. One that is in no list of
//! routes answers nobody, so the address would be 404. The names in the handler's own body are read; what a
//! function that it calls names is seen when the answer is made, which is then a 500 that the log explains.
//!
//! Wrong: api/created_at_an_unlisted_route

use crate::shop::*;
use secure_api::prelude::*;

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
      routes(old_order, get_order))]
pub struct Shop;

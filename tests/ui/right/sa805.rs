//! A caller that cannot read an object cannot have its tag, and a route that asks for one is closed to that caller.
//! So whoever may change something may also read the route that shows it, in every version of both. This holds at
//! compile time.
//!
//! Wrong: verb/if_match_that_callers_cannot_read

use crate::shop::*;
use secure_api::prelude::*;

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Removes an order.
#[delete("/orders/{order}", version = Version::V1.., role = Role::Customer, if_match = get_order)]
async fn remove_order(order: Authorized<Order>) -> NoContent {
    let _ = order;
    NoContent
}

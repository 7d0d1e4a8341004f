//! `If-Match` keeps one caller from overwriting what another one changed meanwhile. The tag comes from the GET that
//! shows the same object; the tag of something else would change at other times, and the check would protect
//! nothing. That the route fits is checked at compile time; tags are compared for each request.
//!
//! Wrong: verb/if_match_of_another_resource

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

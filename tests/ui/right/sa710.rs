//! A caller that no arm is for would have no view without `_`: an error at best, and everything at worst. `_` is for
//! everybody else whom the route admits. This holds at compile time.
//!
//! Wrong: view/missing_rest

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders", version = Version::V1.., role = Role::Customer, view(Role::Admin => OrderAudit, _ => OrderSummary))]
async fn list_orders(scoped: Scoped<Order>) -> Page<Authorized<Order>> {
    scoped.page(Vec::new())
}

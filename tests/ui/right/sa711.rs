//! `_` takes everybody, so an arm below it shows its view to nobody. Whoever wrote it believes that admins see more
//! than they do. This holds at compile time.
//!
//! Wrong: view/arm_after_rest

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders", version = Version::V1.., role = Role::Customer, view(Role::Admin => OrderAudit, _ => OrderSummary))]
async fn list_orders(scoped: Scoped<Order>) -> Page<Authorized<Order>> {
    scoped.page(Vec::new())
}

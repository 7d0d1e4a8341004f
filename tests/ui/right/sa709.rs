//! Arms are read from the top, and the first whose role the caller has is taken. An admin is support too, so the
//! arm for admins below the one for support is read by nobody. The higher role comes first. This holds at compile
//! time.
//!
//! Wrong: view/unreachable_arm

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders", version = Version::V1.., role = Role::Customer, view(Role::Admin => OrderAudit, Role::Support => OrderDetail, _ => OrderSummary))]
async fn list_orders(scoped: Scoped<Order>) -> Page<Authorized<Order>> {
    scoped.page(Vec::new())
}

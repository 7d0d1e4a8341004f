//! `_` takes everybody, so what stands below it is never read. Whoever wrote it believes that admins have another
//! limit than they have. This holds at compile time.
//!
//! Wrong: limit/by_role_after_the_rest

use crate::shop::*;
use secure_api::prelude::*;

const FAST: Limit = Limit::per_principal(6000).per_minute();

#[delete("/products", version = Version::V1.., role = Role::Customer, limit(Role::Admin => FAST, _ => BROWSE))]
async fn clear() -> NoContent {
    NoContent
}

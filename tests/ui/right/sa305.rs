//! Limits by role are read from the top, and the first arm whose role the caller has is taken. Without `_` a caller
//! that matches none of them would have no limit, and it is the least trusted one. This holds at compile time.
//!
//! Wrong: limit/by_role_without_the_rest

use crate::shop::*;
use secure_api::prelude::*;

const FAST: Limit = Limit::per_principal(6000).per_minute();

#[delete("/products", version = Version::V1.., role = Role::Customer, limit(Role::Admin => FAST, _ => BROWSE))]
async fn clear() -> NoContent {
    NoContent
}

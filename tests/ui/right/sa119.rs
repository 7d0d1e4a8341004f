//! OAuth scopes stand in one claim with spaces between (RFC 6749). A scope with a space in it is two scopes to
//! every reader of a token, so the route would ask for something that no token can have, or for less than it seems.
//! This holds at compile time.
//!
//! Wrong: role/scope_with_space

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Admin, scope = "products:delete")]
async fn clear() -> NoContent {
    NoContent
}

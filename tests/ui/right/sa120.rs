//! A scope is a limit that the owner of a token put on it. On a public route there may be no token, so a scope
//! there would keep out those who sent one and admit those who sent none. This holds at compile time.
//!
//! Wrong: role/scope_on_public_route

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Admin, scope = "products")]
async fn clear() -> NoContent {
    NoContent
}

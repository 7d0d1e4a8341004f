//! `instead` tells callers of an operation that ends where to go. An operation that points to itself, or to one
//! that ends as well, sends them nowhere. This holds at compile time.
//!
//! Wrong: version/operation_instead_itself

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products/all", version = Version::V1.., role = Role::Customer,
         deprecated(since = "2026-06-01", instead = clear))]
async fn clear_all() -> NoContent {
    NoContent
}

#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear_all, clear))]
pub struct Shop;

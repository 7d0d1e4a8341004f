//! The answer is part of the promise: its status, its view and its place in the OpenAPI document come from the type
//! that the handler returns. A handler that returns nothing promises nothing. Where there is nothing to send,
//! `NoContent` says so, and the answer is 204. This holds at compile time.
//!
//! Wrong: route/returns_nothing

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear() -> NoContent {
    NoContent
}

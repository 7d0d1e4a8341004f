//! `body_limit` bounds what a caller may send. Where the handler takes no body there is nothing to bound, and the
//! key suggests that somebody thought of a body that is never read. Remove it, or take the body. This holds at
//! compile time.
//!
//! Wrong: input/body_limit_without_body

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear() -> NoContent {
    NoContent
}

#[post("/notes", version = Version::V1.., role = Role::Customer, body_limit = 1024)]
async fn note(Json(_body): Json<NewOrder>) -> Accepted {
    Accepted
}

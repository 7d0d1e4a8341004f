//! `body_limit` bounds what a caller may send. Where the handler takes no body there is nothing to bound, and the
//! key suggests that somebody thought of a body that is never read. Remove it, or take the body. This holds at
//! compile time.
//!
//! Wrong: route/body_limit_on_a_query

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

//! `/products` and `/products/` are two addresses. If both reached something, a rule in a proxy or a firewall for
//! one of them would miss the other one. So a path has one form, without empty segments, and a request with another
//! form gets 404. This holds at compile time.
//!
//! Wrong: route/path_trailing_slash

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

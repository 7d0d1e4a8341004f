//! A path is matched as a whole, from its first `/`. Without it the route could never be reached, or would be glued
//! to the version or the prefix before it. This holds at compile time.
//!
//! Wrong: route/path_no_slash

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

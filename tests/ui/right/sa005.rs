//! Each attribute is for one kind of item: a verb for an async fn, `Role` and `Version` for an enum, `Input` and
//! `Resource` for a struct with named fields. On anything else it could guard nothing, and would look as if it did.
//! This holds at compile time.
//!
//! Wrong: route/on_a_struct

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    Page::new(Vec::new())
}

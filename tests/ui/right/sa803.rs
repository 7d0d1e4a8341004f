//! A verb promises what its answer is: POST creates, and answers 201 with the address of what it created, or
//! performs, or accepts. Clients, caches and generated code rely on it. A bare resource from a POST would be a 200
//! that says none of this. This holds at compile time.
//!
//! Wrong: verb/resource_from_post

use crate::shop::*;
use secure_api::prelude::*;

#[post("/products/search", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn search() -> Performed<Product> {
    todo!()
}

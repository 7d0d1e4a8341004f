//! A bound of how many answers stay open protects nothing where each is sent at once. For those there are limits, also of requests at
//! one time. This holds at compile time.
//!
//! Wrong: view/sent_open_of_a_page

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
pub async fn list() -> Page<Product> {
    Page::new(Vec::new())
}

//! `page` says how a page looks, so a route with it returns one. One product has no items and no total.
//! This holds at compile time.
//!
//! Wrong: view/page_of_one

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute())]
pub async fn list_products() -> Option<Product> {
    None
}

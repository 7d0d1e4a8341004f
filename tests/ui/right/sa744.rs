//! The names of header fields stand at a struct, so that documents have them and nothing else is sent. This is a fact of a type,
//! which the compiler asks of a trait.
//!
//! Wrong: view/headers_without_derive

use crate::shop::*;
use secure_api::prelude::*;

#[derive(ResponseHeaders)]
pub struct Counted {
    pub total: u64,
}

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute())]
pub async fn list_products() -> WithHeaders<Page<Product>, Counted> {
    WithHeaders(Page::new(Vec::new()), Counted { total: 0 })
}

//! A proxy or a client that is sent a line longer than it takes fails, and nobody sees why. So text has a most, which the document
//! tells; a number or a value brings its own. This holds at compile time.
//!
//! Wrong: view/header_without_max_len

use crate::shop::*;
use secure_api::prelude::*;

#[derive(ResponseHeaders)]
pub struct Counted {
    #[header(max_len = 40)]
    pub first: String,
}

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute())]
pub async fn list_products() -> WithHeaders<Page<Product>, Counted> {
    WithHeaders(Page::new(Vec::new()), Counted { first: String::new() })
}

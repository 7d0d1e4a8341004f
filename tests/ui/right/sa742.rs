//! A header field is one line, so its value is a single one with a text of its own: a scalar, a `Timestamp`, or what derives
//! `Value`. This is a fact of a type, which the compiler asks of a trait.
//!
//! Wrong: view/header_is_enum

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value)]
pub enum Mood {
    Glad,
}

#[derive(ResponseHeaders)]
pub struct Counted {
    pub mood: Mood,
}

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute())]
pub async fn list_products() -> WithHeaders<Page<Product>, Counted> {
    WithHeaders(Page::new(Vec::new()), Counted { mood: Mood::Glad })
}

//! A handler says what is its own to say. What decides where a browser goes, what it keeps or which page may read an answer is
//! decided by the framework, and so is what a proxy acts by; a header named like a secret would stand in the logs of proxies.
//! This is a mistake of the macro.
//!
//! Wrong: view/header_of_the_framework

use crate::shop::*;
use secure_api::prelude::*;

#[derive(ResponseHeaders)]
pub struct Counted {
    #[header(name = "X-Total-Count")]
    pub total: u64,
}

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute())]
pub async fn list_products() -> WithHeaders<Page<Product>, Counted> {
    WithHeaders(Page::new(Vec::new()), Counted { total: 0 })
}

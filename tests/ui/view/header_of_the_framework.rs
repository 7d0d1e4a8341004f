#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(ResponseHeaders)]
pub struct Counted {
    #[header(name = "Location")]
    pub total: u64,
}

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute())]
pub async fn list_products() -> WithHeaders<Page<Product>, Counted> {
    WithHeaders(Page::new(Vec::new()), Counted { total: 0 })
}

fn main() {}

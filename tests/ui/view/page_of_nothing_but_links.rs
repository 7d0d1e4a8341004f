#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute(), page(next = "more"))]
pub async fn list_products() -> WithHeaders<Option<Product>, Counted> {
    WithHeaders(None, Counted {})
}

#[derive(ResponseHeaders)]
pub struct Counted {}

fn main() {}

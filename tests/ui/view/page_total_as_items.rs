#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute(), page(total = "items"))]
pub async fn list_products() -> Page<Product> {
    Page::new(Vec::new())
}

fn main() {}

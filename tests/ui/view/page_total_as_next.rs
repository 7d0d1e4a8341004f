#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      limit = Limit::per_address(60).per_minute(), page(items = "all", total = "next"))]
pub async fn list_products(paging: Paging<u32>) -> Page<Product> {
    Page::paged(&paging, Vec::new(), |_| 1)
}

fn main() {}

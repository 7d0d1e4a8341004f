#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Lists products.
#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(paging: Paging<(u32, u32, u32, u32)>) -> Page<Product> {
    let _ = paging;
    Page::new(Vec::new())
}

fn main() {}

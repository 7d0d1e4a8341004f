#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard, open = 2)]
pub async fn list() -> Page<Product> {
    Page::new(Vec::new())
}

fn main() {}

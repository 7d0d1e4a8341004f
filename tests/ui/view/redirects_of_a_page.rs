#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/payments", version = Version::V1.., role = Role::Customer, view = ProductCard, redirects("pay.example.com"))]
pub async fn pay() -> Page<Product> {
    Page::new(Vec::new())
}

fn main() {}

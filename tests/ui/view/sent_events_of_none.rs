#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/events", version = Version::V1.., role = Role::Customer, view = ProductCard, open = 0)]
pub async fn watch() -> Events<Product> {
    Events::channel(8).1
}

fn main() {}

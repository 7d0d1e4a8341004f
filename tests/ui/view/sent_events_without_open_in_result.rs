#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/events", version = Version::V1.., role = Role::Customer, view = ProductCard)]
pub async fn watch() -> Result<Events<Product>, ShopError> {
    Ok(Events::channel(8).1)
}

fn main() {}

#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., public = "why anybody may", view = ProductCard)]
pub async fn list_products() -> Result<Option<Product>, StoreError> {
    todo!()
}

fn main() {}

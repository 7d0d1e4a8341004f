#[path = "../shop.rs"]
mod shop;
#[path = "elsewhere/versions.rs"]
mod versions;
use secure_api::prelude::*;
use shop::{Product, ProductCard, Role};
use versions::*;

#[get("/products", version = Edition::E1.., role = Role::Customer, view = ProductCard)]
pub async fn list_products() -> Page<Product> {
    todo!()
}

#[delete("/products", version = Edition::E2, role = Role::Admin)]
pub async fn clear() -> NoContent {
    NoContent
}

fn main() {}

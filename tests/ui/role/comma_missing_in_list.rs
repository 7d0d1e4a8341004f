#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = [Role::Support Role::Admin], view = ProductCard)]
pub async fn list_products() -> Page<Product> {
    todo!()
}

fn main() {}

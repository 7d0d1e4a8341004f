#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = "ProductCard")]
async fn get_product() -> Option<Product> {
    None
}

fn main() {}

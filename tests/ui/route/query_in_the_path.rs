#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[get("/products?name={name}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_name: Unowned<ProductId>) -> Option<Product> {
    None
}

fn main() {}

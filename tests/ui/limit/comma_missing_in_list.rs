#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

const SELDOM: Limit = Limit::per_address(5).per_minute();

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard, limit = [BROWSE SELDOM])]
pub async fn list_products() -> Page<Product> {
    todo!()
}

fn main() {}

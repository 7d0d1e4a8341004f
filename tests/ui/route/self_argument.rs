#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Handlers;

impl Handlers {
    #[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
    async fn list_products(&self) -> Page<Product> {
        todo!()
    }
}

fn main() {}

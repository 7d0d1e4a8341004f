#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub trait Catalogue {
    #[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
    async fn list_products() -> Page<Product> {
        todo!()
    }
}

fn main() {}

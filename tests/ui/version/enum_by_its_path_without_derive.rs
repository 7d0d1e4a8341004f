#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod parts {
    pub enum Edition {
        E1,
    }
}

#[get("/products", version = parts::Edition::E1.., role = Role::Customer, view = ProductCard)]
pub async fn list_products() -> Page<Product> {
    todo!()
}

fn main() {}

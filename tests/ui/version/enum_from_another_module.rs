#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

mod tables {
    pub enum Edition {
        E1,
    }
}

use tables::Edition;

#[get("/products", version = Edition::E1.., role = Role::Customer, view = ProductCard)]
pub async fn list_products() -> Page<Product> {
    todo!()
}

fn main() {}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(#[cfg_attr(all(), cfg(any()))] caller: Caller<Role>) -> Page<Product> {
    Page::new(Vec::new())
}

fn main() {}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn search() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(search))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

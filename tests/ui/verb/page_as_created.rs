#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/products/new", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn create() -> CreatedWith<Page<Product>> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

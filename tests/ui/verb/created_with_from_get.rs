#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/new", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn create() -> CreatedWith<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(create))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/products/exports", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn export() -> AcceptedWith<Page<Product>> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(export))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

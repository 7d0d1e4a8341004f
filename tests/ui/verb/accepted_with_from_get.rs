#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products/export", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn export() -> AcceptedWith<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(export))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[put("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn replace() -> Option<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(replace))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

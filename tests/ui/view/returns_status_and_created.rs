#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[post("/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn pair() -> (u16, Created<Product>) {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(pair))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

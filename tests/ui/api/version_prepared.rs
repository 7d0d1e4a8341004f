#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1..=Version::V2, role = Role::Customer, view = ProductCard)]
async fn list() -> Page<Product> {
    todo!()
}

#[delete("/products", version = Version::V2, role = Role::Admin)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list, clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

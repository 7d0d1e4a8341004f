#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

/// Removes all products.
#[cfg(any())]
#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products, clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

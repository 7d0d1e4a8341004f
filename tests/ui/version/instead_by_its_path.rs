#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    Page::new(Vec::new())
}

#[get("/find-products", version = Version::V1.., role = Role::Customer, view = ProductCard,
      deprecated(since = "2026-01-01", instead = "/products"))]
async fn find_products() -> Page<Product> {
    Page::new(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products, find_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

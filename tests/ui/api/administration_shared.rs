#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn list() -> Page<Product> {
    todo!()
}

#[get("/all", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn all() -> Page<Product> {
    todo!()
}

#[get("/admin/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn audit() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list, all, audit))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/all", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn all() -> Page<Product> {
    todo!()
}

#[get("/products/admin", version = Version::V1.., public = "anybody may look", view = ProductCard)]
async fn audit() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(all, audit))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

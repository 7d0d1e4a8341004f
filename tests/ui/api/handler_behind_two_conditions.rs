#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[cfg(unix)]
#[cfg(not(unix))]
#[put("/products", version = Version::V1.., role = Role::Admin)]
async fn sort() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE,
      allow(unused_role, unused_version, reason = "a part of a larger shop"), routes(list_products, sort))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list() -> Page<Product> {
    Page::new(Vec::new())
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

pub async fn start() -> Result<(), StartError> {
    Shop::app().build()?.serve(8080).await
}

fn main() {}

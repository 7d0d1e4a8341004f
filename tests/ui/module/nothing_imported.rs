#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/products", version = Version::V1.., role = Role::Customer)]
mod products {
    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        Page::new(Vec::new())
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(products),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

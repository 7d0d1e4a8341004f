#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Support, view = ProductCard)]
async fn list() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_roles, reason = "support is of another API"), routes(list))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V3..=Version::V1, role = Role::Admin)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

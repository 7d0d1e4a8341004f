#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Customer, allow(extractor, reason = "nobody knows what comes"))]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, allow(unused_role, reason = "a part of a larger API"), limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

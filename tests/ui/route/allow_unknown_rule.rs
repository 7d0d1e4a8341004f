#[path = "../shop.rs"]
mod shop;
use secure_api::{prelude::*, route::Extractor};
use shop::*;

#[delete("/products", version = Version::V1.., role = Role::Customer, allow(extractors, reason = "it was a typo"))]
async fn clear(_headers: Extractor<axum::http::HeaderMap>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

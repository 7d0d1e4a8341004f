#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use secure_api::route::Extractor;
use shop::*;

#[get("/products", version = Version::V1.., public = "the catalogue is for everybody", view = ProductCard, allow(extractor, reason = " "))]
async fn list_products(_headers: Extractor<axum::http::HeaderMap>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/report", version = Version::V1.., role = Role::Admin, view = ProductCard, allow(extractor, reason = "the answer is plain text"))]
async fn report(_body: secure_api::route::BodyExtractor<String>) -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(report))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., role = Role::Customer)]
async fn touch() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(touch))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

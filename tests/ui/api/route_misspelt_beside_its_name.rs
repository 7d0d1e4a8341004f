#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::{Role, Version};

#[delete("/products", version = Version::V1.., role = Role::Admin)]
async fn clear_products() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(clear_product))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}

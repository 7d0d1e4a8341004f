#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

#[get("/products", version = Version::V1.., public = "products are on public display", view = ProductCard,
      allow(unproven, reason = "products are on public display"))]
async fn get_product() -> Option<Product> {
    None
}

fn main() {}

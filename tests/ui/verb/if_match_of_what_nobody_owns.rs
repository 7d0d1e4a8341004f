#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Shows a product.
#[get("/products/{product}", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn get_product(product: Unowned<ProductId>) -> Option<Product> {
    let _ = product;
    None
}

/// Removes a product.
#[delete("/products/{product}", version = Version::V1.., role = Role::Admin, if_match = get_product)]
async fn remove_product(product: Unowned<ProductId>) -> NoContent {
    let _ = product;
    NoContent
}

fn main() {}

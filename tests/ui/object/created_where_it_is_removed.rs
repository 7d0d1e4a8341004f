#[path = "../shop.rs"]
mod shop;

use secure_api::prelude::*;
use shop::*;

/// Removes a product.
#[delete("/products/{product}", version = Version::V1.., role = Role::Admin)]
async fn delete_product(_product: Unowned<ProductId>) -> NoContent {
    NoContent
}

/// Adds a product.
#[post("/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn add_product() -> Result<Created<Product>, StoreError> {
    let id = ProductId::new(1)?;
    let product = Product { id, name: String::new(), stock: 0 };
    Ok(Created::at::<delete_product>(id, product))
}

fn main() {}

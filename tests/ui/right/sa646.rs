//! The `Location` of what was created leads to it. A route that shows something else, or nothing, is another
//! address, and a client that follows it finds what it did not make. This holds at compile time.
//!
//! Wrong: object/created_at_another_resource

use crate::shop::*;
use secure_api::prelude::*;

/// Shows a product.
#[get("/products/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_product: Unowned<ProductId>) -> Option<Product> {
    None
}

/// Adds a product.
#[post("/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn add_product() -> Result<Created<Product>, StoreError> {
    let id = ProductId::new(1)?;
    let product = Product { id, name: String::new(), stock: 0 };
    Ok(Created::at::<get_product>(id, product))
}

//! Two values for one key are two opinions about the same guard. Whichever of them won, somebody would have read
//! the other one and believed it. So each key is stated once. This holds at compile time.
//!
//! Wrong: route/repeated_key

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

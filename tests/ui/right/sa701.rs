//! A view lists everything that leaves. A route that returns a resource without naming a view would have to choose for
//! itself which fields a caller sees, and the day a field is added, it would go out too. This holds at compile time.
//!
//! Wrong: view/missing

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

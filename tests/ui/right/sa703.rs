//! A view lists fields of one resource, with the audience that may see them. Put on another resource it would show
//! fields of the same names whose meaning, and whose audience, is another one. This holds at compile time.
//!
//! Wrong: view/of_another_resource

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

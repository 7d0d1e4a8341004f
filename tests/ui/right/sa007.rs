//! A parameter in the path names something that a caller may reach. Without an argument that reads it, nothing
//! checks whether this caller may, and the handler serves every value alike. An argument binds the parameter of its
//! own name; a leading `_` is ignored. This holds at compile time.
//!
//! Wrong: route/path_parameter_without_argument

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

//! A parameter is written as the router reads it, `{name}`, and its name is the name of an argument. Other routers
//! write `:name` or `<name>`; here that would be a fixed segment with a strange letter, and the address would be
//! open to nobody. This holds at compile time.
//!
//! Wrong: route/path_colon_parameter

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

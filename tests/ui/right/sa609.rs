//! Two handlers for one request means that one of them never runs, and it may be the one with the stricter role.
//! Paths are compared without the names of their parameters, for each version that both are in. This holds at
//! compile time.
//!
//! Wrong: version/two_handlers_for_one_request

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products/{product}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn get_product(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

#[get("/products/{product}/similar", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn find_product(_product: Unowned<ProductId>) -> Option<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_product, find_product))]
pub struct Shop;

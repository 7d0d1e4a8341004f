//! The enum's variants are the versions, oldest first, and `#[derive(Version)]` makes their table: addresses, days
//! of deprecation, sunset. A range is read by that order. An enum without it has none. This holds at compile time.
//!
//! Wrong: version/enum_without_derive

use crate::shop::{BROWSE, Product, ProductCard, Role};
use secure_api::prelude::*;

#[derive(Version)]
pub enum Edition {
    E1,
}

#[get("/products", version = Edition::E1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Edition, limit = BROWSE, routes(list_products))]
pub struct Shop;

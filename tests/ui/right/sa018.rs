//! `routes(…)` lists what the API consists of, and everything that is checked and documented starts from there. A
//! type that is no handler has no descriptor: no role, no limit, no version. A function without a verb above it is
//! told by the compiler in its own words, since it is no type at all. Both hold at compile time, and not by a 404 in
//! production.
//!
//! Wrong: api/a_type

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Shop;

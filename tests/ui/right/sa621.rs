//! A version without operations answers 404 to everything and still has a document. Either a range ends too early,
//! or the version is left over. It is told where the API is put together, because only there all routes are known.
//! This holds at compile time.
//!
//! Wrong: api/version_without_routes

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1..=Version::V3, role = Role::Customer, view = ProductCard)]
async fn list() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list))]
pub struct Shop;

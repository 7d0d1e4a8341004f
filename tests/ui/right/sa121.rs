//! A role that can do nothing is either left over, and then tokens with it are still handed out, or some route asks
//! for the wrong one. It is told where the API is put together, because only there all routes are known. An API
//! that leaves the role to another one says so by `allow(unused_role, reason = "…")`. This holds at compile time.
//!
//! Wrong: api/role_without_routes

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list))]
pub struct Shop;

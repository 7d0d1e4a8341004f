//! Broken function level authorization is when an ordinary caller finds the administrator's address. What stands
//! below `/admin` therefore asks for something that nothing ordinary asks for: otherwise the role is handed out for
//! the ordinary operation, and opens the other one too. This holds at compile time.
//!
//! Wrong: api/administration_shared

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Support, view = ProductCard)]
async fn list() -> Page<Product> {
    todo!()
}

#[get("/all", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn all() -> Page<Product> {
    todo!()
}

#[get("/admin/products", version = Version::V1.., role = Role::Admin, view = ProductCard)]
async fn audit() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list, all, audit))]
pub struct Shop;

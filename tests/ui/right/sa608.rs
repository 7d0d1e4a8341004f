//! All operations are compared with each other when the API is compiled: addresses, roles, order. The table for it
//! holds 4096. An API of that size is several, and each of them can be reviewed by somebody. This holds at compile
//! time.
//!
//! Wrong: api/too_large

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list_products))]
pub struct Catalogue;

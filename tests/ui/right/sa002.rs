//! A key that is not known would otherwise be a wish that nobody fulfils: `rolle = Role::Admin` would leave the
//! route without a role. So an unknown key is an error, and where one of the known keys is close to it, the help
//! names that one. This holds at compile time, for attributes of routes, fields, roles, versions and errors alike.
//!
//! Wrong: route/misspelt_key

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

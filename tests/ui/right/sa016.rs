//! The version comes first in each address, and it comes from `version = …`. A version in the path too would be
//! `/v1/v1/products`, and it would not follow the enum: not deprecated with it, not removed with it. Versions that
//! nobody looks after are how old flaws stay reachable. This holds at compile time.
//!
//! Wrong: route/path_version_in_path

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

//! An operation in no version can be called by nobody, but it is still code that somebody maintains and believes to
//! be used. Ranges are written from an older version to a newer one. This holds at compile time.
//!
//! Wrong: version/empty_range

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1..=Version::V2, role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

//! One spelling for all addresses: lower-case words with hyphens. Where spellings mix, two handlers end up at what
//! people take for one address, and rules by address miss one of the two. This holds at compile time.
//!
//! Wrong: route/path_underscore

use crate::shop::*;
use secure_api::prelude::*;

#[get("/product-list", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products() -> Page<Product> {
    todo!()
}

//! `#[routes]` reads what is written in its module. What another macro makes there it does not see, so the prefix
//! would not reach those routes, and two routes that look alike would have different addresses. This holds at
//! compile time.
//!
//! Wrong: module/macro_below_prefix

use crate::shop::*;
use secure_api::prelude::*;

macro_rules! listing {
    ($name:ident) => {
        #[get("/products/listing", version = Version::V1.., role = Role::Customer, view = ProductCard)]
        async fn $name() -> Page<Product> {
            todo!()
        }
    };
}

listing!(listing);

#[routes(prefix = "/products", version = Version::V1.., role = Role::Customer)]
mod products {
    use super::*;

    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        todo!()
    }
}

#[api(roles = Role, versions = Version, limit = BROWSE,
      allow(unused_role, reason = "a part of a larger API"), routes(products, listing))]
pub struct Shop;

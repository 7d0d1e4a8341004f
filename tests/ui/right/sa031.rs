//! `#[routes]` collects the routes of its module, and gives them its prefix and its defaults. It cannot see into a
//! module below it that says nothing, so the routes there would be compiled, guarded by nothing and reachable by
//! nobody, or listed by hand without the prefix. This holds at compile time.
//!
//! Wrong: module/nested_without_attribute

use crate::shop::*;
use secure_api::prelude::*;

#[routes(prefix = "/products", version = Version::V1.., role = Role::Customer)]
mod products {
    use super::*;

    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        todo!()
    }

    #[routes(version = Version::V1.., role = Role::Customer)]
    mod details {
        use super::*;

        #[get("/details", view = ProductCard)]
        async fn details() -> Page<Product> {
            todo!()
        }
    }
}

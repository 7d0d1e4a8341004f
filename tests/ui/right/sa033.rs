//! The keys that the routes of a module share are stated once. With `#[routes]` above the module and `defaults!` inside
//! of it there are two places, and the one further away is the one that is forgotten when somebody tightens the role.
//! This holds at compile time.
//!
//! Wrong: module/defaults_inside

use crate::shop::*;
use secure_api::prelude::*;

#[routes(prefix = "/products", version = Version::V1.., role = Role::Customer)]
mod products {
    use super::*;

    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        todo!()
    }
}

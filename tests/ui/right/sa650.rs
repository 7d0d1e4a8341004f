//! A module sees nothing of what stands around it, unless it imports it: neither the attributes of the prelude nor the
//! types of the API. `use super::*;` takes all of that. This holds at compile time.
//!
//! Wrong: module/nothing_imported

use crate::shop::*;
use secure_api::prelude::*;

#[routes(prefix = "/products", version = Version::V1.., role = Role::Customer)]
mod products {
    use super::*;

    #[get("/", view = ProductCard)]
    async fn list() -> Page<Product> {
        Page::new(Vec::new())
    }
}

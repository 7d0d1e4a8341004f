//! A scalar has no view, since it has no fields to choose from. So nothing that has fields becomes one: an entity leaves through its
//! views, and a list as an `Array` or a `Page`. This holds at compile time.
//!
//! Wrong: view/scalar_of_an_entity

use crate::shop::*;
use secure_api::prelude::*;

#[get("/first", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn first() -> Product {
    todo!()
}

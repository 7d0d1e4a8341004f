//! The tokens of an API are read with the one role enum that `#[api]` names. A role of another enum would be looked
//! up in a table where it is not, or where its number belongs to another role. It is told where the routes are put
//! together, since only there both enums are known. This holds at compile time.
//!
//! Wrong: role/role_of_another_enum

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

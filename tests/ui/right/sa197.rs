//! A caller needs one of several alternatives. One that asks for all that another asks for, and for more, is never needed: whoever
//! has all of it is admitted by less. It reads as if the operation were better guarded than it is. This holds at compile time.
//!
//! Wrong: identity/an_alternative_of_more

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Customer, by = any(Bearer, all(ApiKey, Certificate)))]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn app() {
    drop(Shop::app());
}

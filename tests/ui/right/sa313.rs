//! Each request to a route that takes credentials is a guess, and somebody at one address needs few of them. Up to 16 a window
//! are counted one by one, so that the bound is exact. A wider limit beside it, as one of a day, may have more. This holds at
//! compile time.
//!
//! Wrong: limit/credential_often

use crate::shop::*;
use secure_api::prelude::*;

#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet",
       limit = [Limit::per_address(5).per_minute(), Limit::per_address(100).per_day()], credential)]
async fn sign_in() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(sign_in))]
pub struct Shop;

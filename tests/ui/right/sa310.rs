//! The limit of a sign-in is the number of guesses that somebody has. One as wide as that of the catalogue allows
//! as many guesses as page views. It has to be stricter than the API's in the long run, and in how many come at
//! once. This holds at compile time.
//!
//! Wrong: limit/credential_not_stricter

use crate::shop::*;
use secure_api::prelude::*;

#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet", limit = Limit::per_address(5).per_minute(), credential)]
async fn sign_in() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(sign_in))]
pub struct Shop;

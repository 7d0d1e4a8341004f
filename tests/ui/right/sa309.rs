//! A route that tries passwords, codes or reset links has callers without a name yet, and a limit by caller cannot stop
//! them. So such a route has a limit per address of its own. If the store of that limit cannot be asked, the route
//! refuses: it fails closed. That the limit is there is checked at compile time; it is counted for each request.
//!
//! Wrong: limit/credential_without_limit

use crate::shop::*;
use secure_api::prelude::*;

#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet",
       limit = Limit::per_address(5).per_minute(), credential)]
async fn sign_in() -> Accepted {
    Accepted
}

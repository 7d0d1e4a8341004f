//! An operation that comes after another one can be called by nobody who has not called that one. So it does not outlive the
//! step before: where that has a sunset, it has the same or an earlier one. This holds at compile time.
//!
//! Wrong: flow/after_a_step_that_ends

use crate::shop::{BROWSE, Role, Version};
use secure_api::prelude::*;

#[post("/checkout", version = Version::V1.., role = Role::Customer,
       deprecated(since = "2026-01-01", sunset = "2027-01-01"))]
async fn checkout() -> Accepted {
    Accepted
}

#[post("/payment", version = Version::V1.., role = Role::Customer,
       deprecated(since = "2026-01-01", sunset = "2027-01-01"), after(checkout, within = Duration::from_secs(60)))]
async fn pay() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(checkout, pay))]
struct Shop;

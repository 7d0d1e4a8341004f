//! A limit by API key or by tenant counts together what has one of these. A caller that has none is counted by itself, as a
//! principal; where nobody has one, the limit says something that never happens, and whoever reads it believes that it does. A
//! stated `by` without `ApiKey` is known at compile time; that the app takes no keys, or that no issuer says whose tenant a caller
//! is of, when the app is built.
//!
//! Wrong: limit/per_api_key_without_keys

use crate::shop::*;
use secure_api::prelude::*;

#[post("/reports", version = Version::V1.., role = Role::Customer, by = [Bearer, ApiKey],
       limit = Limit::per_api_key(5).per_minute())]
async fn report() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(report))]
pub struct Shop;

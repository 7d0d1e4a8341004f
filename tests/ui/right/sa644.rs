//! Thirty requests a minute of each caller are another limit than thirty of each address. So a limit says first
//! what is counted, and then how often. Functions that leave it out exist only to say so: the compiler would
//! propose whatever else returns a limit. This holds at compile time.
//!
//! Wrong: limit/of_nobody

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Admin, limit = Limit::per_principal(30).per_minute())]
pub async fn clear() -> NoContent {
    NoContent
}

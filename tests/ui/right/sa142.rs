//! A public route admits whoever has no credentials, and asks nobody when and how they authenticated. Who sent a token would be
//! asked for more than who sent none. This holds at compile time.
//!
//! Wrong: identity/max_age_on_public_route

use crate::shop::*;
use secure_api::prelude::*;

#[delete("/products", version = Version::V1.., role = Role::Customer, amr = "otp",
         max_age = Duration::from_secs(300))]
async fn clear() -> NoContent {
    NoContent
}

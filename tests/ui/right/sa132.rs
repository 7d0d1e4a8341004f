//! An access token counts until it ends, whatever happens to its account: it lives an hour at most. What renews it lives longer, or
//! would renew nothing, and the end that no renewal moves comes after the one that each does. It is checked when the app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::sign_in::SignIn;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    let day = Duration::from_secs(24 * 60 * 60);
    let sign_in = SignIn::new("sandbox").access_lifetime(day);
    Sandbox::app().base_url("https://sandbox.example").sign_in(sign_in).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let hour = Duration::from_secs(60 * 60);
    let sign_in = SignIn::new("sandbox").access_lifetime(hour);
    Sandbox::app().base_url("https://sandbox.example").sign_in(sign_in).build()
}

//! A server that starts without its secret would fail at the first token, or take everybody for nobody. So the place of
//! each secret is read once, where the secret is named; one that could not be read is told when the app is built, before a
//! socket opens. What it holds is in no message.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    // The deployment sets no such variable.
    let secret = SecretBytes::env("SANDBOX_SECRET_THAT_NOBODY_SET");
    Sandbox::app().secret(secret).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    Sandbox::app().secret(SecretBytes::random()).build()
}

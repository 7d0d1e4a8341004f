//! Cursors are sealed so that a caller cannot write its own and start in somebody else's list. A key that could be
//! guessed opens the seal. 32 random bytes cannot be guessed; all machines of an app share them. It is checked when
//! the app is built, before a socket opens.
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
    // What the vault gives is too short.
    let vault = || Ok::<_, StartError>(b"cursor".to_vec());
    Sandbox::app().secret(SecretBytes::fetched(vault)?).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    Sandbox::app().secret(SecretBytes::random()).build()
}

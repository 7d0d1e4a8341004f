//! A key of words, of one byte, or of a short text over and over is found by trying, from one token, without asking the API
//! once. Randomness cannot be seen, so this finds only the worst: fewer than 8 different bytes, a repetition, counted
//! bytes, and words. It is checked when the app is built, before a socket opens.
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
    // What somebody put into the vault.
    let vault = || Ok::<_, StartError>(b"please-change-me-before-we-go-live".to_vec());
    let secret = SecretBytes::fetched(vault)?;
    Sandbox::app().secret(secret).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    Sandbox::app().secret(SecretBytes::random()).build()
}

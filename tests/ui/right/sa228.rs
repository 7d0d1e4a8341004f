//! The token of the management listener is all that stands between a stranger and the console, so it is no password that somebody
//! thought of. It has 32 bytes at least. It is checked when the app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::manage::Manage;
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
    let vault = || Ok::<_, StartError>(b"letmein-2026".to_vec());
    let token = SecretBytes::fetched(vault)?;
    Sandbox::app().manage(Manage::at("127.0.0.1:9443").token(token)).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_MANAGE_TOKEN")`.
    Sandbox::app().manage(Manage::at("127.0.0.1:9443").token(SecretBytes::random())).build()
}

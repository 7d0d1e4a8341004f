//! The live inventory knows a client by a keyed hash, which the app's secret makes. Without one the key is random and ends with the
//! process: after each restart all clients would be new ones, and what a file has kept of them would lead to nobody. It is checked when
//! the app is built.
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
    Sandbox::app().inventory_file("/var/lib/sandbox/inventory.json").build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    let secret = SecretBytes::random();
    Sandbox::app().secret(secret).inventory_file("/var/lib/sandbox/inventory.json").build()
}

//! The live inventory is one file, which is read when the app is built and written anew each time. What stands at its place and is no
//! file, or may not be read, is something else's: it stays as it is, and the app does not start. A file that is no inventory is
//! SA235. It is checked when the app is built.
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
    // A folder.
    Sandbox::app().secret(SecretBytes::random()).inventory_file(".").build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    let secret = SecretBytes::random();
    Sandbox::app().secret(secret).inventory_file("/var/lib/sandbox/inventory.json").build()
}

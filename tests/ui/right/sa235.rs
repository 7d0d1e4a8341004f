//! The live inventory keeps what is closed by hand. Where its file is no inventory any more, nobody knows what that was, and an app
//! that started all the same would serve it: so it does not start, and the file stays as it is. Whoever moves it aside says that
//! nothing is closed; `.close("operation", "reason")` closes again what was. It is checked when the app is built.
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
    // A file that was cut off.
    Sandbox::app().secret(SecretBytes::random()).inventory_file("right/sa235.json").build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    let secret = SecretBytes::random();
    Sandbox::app().secret(secret).inventory_file("/var/lib/sandbox/inventory.json").build()
}

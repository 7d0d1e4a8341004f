//! An app whose acts are to be audited does not run without its audit stream. Its file is opened when the app is built, and where it
//! cannot be written, as in a folder that is not there, the app does not start.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::observe::Audit;
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
    Sandbox::app().secret(SecretBytes::random()).audit(Audit::file(".")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`, and `/var/log/sandbox/audit.jsonl`.
    let (secret, file) =
        (SecretBytes::random(), std::env::temp_dir().join("secure-api-sandbox.jsonl"));
    Sandbox::app().secret(secret).audit(Audit::file(file)).build()
}

//! The audit stream names nobody: a subject and an address are hashes, which the app's secret makes. Without one the key would be random
//! and end with the process, and whoever reads the stream could not tell that two lines are of one caller. It is checked when the app is
//! built.
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
    Sandbox::app().audit(Audit::stdout()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    Sandbox::app().secret(SecretBytes::random()).audit(Audit::stdout()).build()
}

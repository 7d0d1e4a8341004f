//! Machines that share a ledger find it by a URL, most often one that the deployment has set. A URL that is none would be
//! noticed with the first request, as 503. So it is read when the app is built, before a socket opens; what it holds, as a
//! password, is in no message. The same goes for the certificates of its authorities, and for its password.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::ledger::Redis;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    let shared = Redis::connect("redis.example:6379");
    Sandbox::app().secret(SecretBytes::random()).ledger(shared).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let shared = Redis::connect("rediss://redis.example:6379");
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    Sandbox::app().secret(SecretBytes::random()).ledger(shared).build()
}

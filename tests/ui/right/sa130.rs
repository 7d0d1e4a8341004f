//! The names in a ledger are hashes under a key that is derived from the app's secret. Without a secret each process makes
//! one of its own: no machine would find what another one wrote, and nobody would be told. It is checked when the app is
//! built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::clock::Clock;
use secure_api::ledger::Memory;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    let shared = Memory::new(Clock::system());
    Sandbox::app().ledger(shared).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let shared = Memory::new(Clock::system());
    // In a deployment: `SecretBytes::env("SANDBOX_SECRET").base64()`.
    let secret = SecretBytes::random();
    Sandbox::app().secret(secret).ledger(shared).build()
}

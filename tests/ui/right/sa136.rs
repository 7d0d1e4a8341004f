//! Machines share a live inventory in the ledger that they share. An app without one would keep it in the memory of its process, where
//! no other machine adds to it and no restart finds it. It is checked when the app is built.
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
    Sandbox::app().inventory_shared().build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `ledger::Redis::connect("rediss://…")`, and `SecretBytes::env("SANDBOX_SECRET").base64()`.
    let (shared, secret) = (Memory::new(Clock::system()), SecretBytes::random());
    Sandbox::app().secret(secret).ledger(shared).inventory_shared().build()
}

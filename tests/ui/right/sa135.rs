//! A server whose ledger is not there answers 503 to whoever brings credentials, and one whose Redis evicts what it has no room
//! for forgets who was revoked and who is limited. Neither is noticed while nobody attacks. So the Redis is asked
//! once before a socket opens: if it is there, is a version that suffices, takes what is written, and evicts nothing.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::ledger::Redis;
use secure_api::prelude::*;
use secure_api::serve::BoundServer;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) async fn wrong() -> Result<BoundServer, StartError> {
    // Nobody is there.
    let shared = Redis::connect("redis://127.0.0.1:1");
    Sandbox::app().secret(SecretBytes::random()).ledger(shared).build()?.bind("127.0.0.1:0").await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    let sandbox = match std::env::var("SANDBOX_REDIS") {
        Ok(url) => Sandbox::app()
            .secret(SecretBytes::env("SANDBOX_SECRET").base64())
            .ledger(Redis::connect(url)),
        // On a machine alone there is nobody to share with.
        Err(_) => Sandbox::app(),
    };
    sandbox.build()?.bind("127.0.0.1:0").await
}

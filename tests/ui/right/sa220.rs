//! A certificate for development signs itself: nobody vouches for it, and who is told to trust it anyway learns to trust whatever comes.
//! On this machine there is nobody in between. So it is served on 127.0.0.1 or [::1], and by no release build. `Tls::development()` keeps it
//! in your folder of caches; a folder of its own, as here, is for a program that is not to leave anything there.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::Tls;
use secure_api::prelude::*;
use secure_api::serve::BoundServer;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

async fn on(address: &str) -> Result<BoundServer, StartError> {
    let tls = Tls::development_in(std::env::temp_dir().join("secure-api-development"));
    Sandbox::app().tls(tls).build()?.bind(address).await
}

pub(super) async fn wrong() -> Result<BoundServer, StartError> {
    on("0.0.0.0:8443").await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    on("127.0.0.1:0").await
}

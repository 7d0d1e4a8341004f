//! Plaintext on an address that others can reach shows every token and every order to whoever is on the way, and lets
//! them change what passes. So it is refused off loopback, and there is no switch for it. A proxy that ends TLS talks to
//! 127.0.0.1; or it is named by its network, and then nobody else gets a connection. This is checked before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
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
    Sandbox::app().build()?.bind("0.0.0.0:8080").await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    Sandbox::app().build()?.bind("127.0.0.1:0").await
}

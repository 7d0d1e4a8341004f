//! An address to serve on is a host and a port, as tokio's `TcpListener::bind` takes it: a text, a pair, a `SocketAddr`. A name is
//! looked up when the app starts, and each address that it has then has to be allowed: `localhost` may serve plaintext, a
//! name that others can reach may not. This is checked before a socket opens.
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
    Sandbox::app().build()?.bind("localhost").await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    Sandbox::app().build()?.bind("127.0.0.1:0").await
}

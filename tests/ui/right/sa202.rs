//! An address to serve on is a number and a port. A name would have to be looked up, and what it means may change
//! between two starts, from loopback to the open net. This is checked before a socket opens.
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
    Sandbox::app().build()?.bind("localhost:8080").await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    Sandbox::app().build()?.bind("127.0.0.1:0").await
}

//! `limit_scale` makes limits wide so that a load test meets the server and not its limits. An API that others can
//! reach would be without limits then, so such an app is served on loopback only. This is checked before a socket
//! opens.
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
    Sandbox::app().limit_scale(1_000_000).build()?.bind("0.0.0.0:8080").await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    Sandbox::app().limit_scale(1_000_000).build()?.bind("127.0.0.1:0").await
}

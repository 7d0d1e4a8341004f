//! A server that cannot have its address has to say so and end, so that whoever started it notices. Most often the
//! one before it still runs, or the port needs rights that the process should not have. This is known when the
//! socket opens.
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
    let first = Sandbox::app().build()?.bind("127.0.0.1:0").await?;
    Sandbox::app().build()?.bind(first.local_addr().to_string()).await
}

pub(super) async fn right() -> Result<BoundServer, StartError> {
    Sandbox::app().build()?.bind("127.0.0.1:0").await
}

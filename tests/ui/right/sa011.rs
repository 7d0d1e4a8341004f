//! A handler takes its store or its service by type, and somebody has to have put it there. Without this check the
//! first request that needs it would fail, perhaps weeks later, at the one route that nobody tries. Only the
//! configuration knows it, so it is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear(_db: Writer<Db>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().store(Db::default()).build()
}

//! A handler finds a store or a service by its type. With two of one type, one of them would never be used, and
//! which one depends on the order of lines: the test's database, say, instead of the real one. Only the
//! configuration knows what is registered, so this is checked when the app is built, before a socket opens.
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

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(),
      routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().store(Db::default()).store(Db::default()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().store(Db::default()).build()
}

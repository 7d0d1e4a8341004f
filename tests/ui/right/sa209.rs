//! Stores and services are registered apart, so that no service is found by the type of a store. A store that was given to
//! `.service(…)` is not there for `Reader` and `Writer`. Only the configuration knows what is registered, so it is checked
//! when the app is built, before a socket opens.
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
    Sandbox::app().service(Db::default()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().store(Db::default()).build()
}

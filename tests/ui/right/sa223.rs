//! Behind a proxy that shows the app below a path and takes that path off, no request tells of it. What is written here stands
//! before each `Location`, each link and the server of the documents, so it has to be a path that they can begin with. It is
//! checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().below("api/").build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().below("/api").build()
}

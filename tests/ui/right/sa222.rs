//! A browser sends the origin of its page as a scheme, a host and a port that is not the default, and it is compared letter by
//! letter. Whoever can change a page on its way can read what it reads, so pages that are not encrypted are allowed on this
//! machine only; `*` would be everybody's pages. It is checked when the app is built, before a socket opens.
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
    Sandbox::app().cors(["https://app.example/"]).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().cors(["https://app.example"]).build()
}

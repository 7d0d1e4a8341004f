//! A host is compared with `Host`, which has a name and perhaps a port, and never a scheme or a path. One that no request can
//! name would refuse everybody, and a mistake in one of several would be found by those who are refused. It is checked when
//! the app is built, before a socket opens.
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
    Sandbox::app().hosts(["https://shop.example"]).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().hosts(["shop.example"]).build()
}

//! A browser sends the cookie of a session with every request to its host, whichever page caused it. Only the pages of the
//! app's own origin may use it to change something, so the app says which origin that is. It is checked when the app is
//! built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::session::SessionSettings;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().sessions(SessionSettings::new()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().base_url("https://shop.example").sessions(SessionSettings::new()).build()
}

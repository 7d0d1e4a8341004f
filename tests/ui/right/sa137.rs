//! A session that ends at once lets nobody in, and one that may go unused for longer than it lives never does. It is checked
//! when the app is built, before a socket opens.
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
    Sandbox::app().base_url("https://shop.example").sessions(SessionSettings::new().most(0)).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().base_url("https://shop.example").sessions(SessionSettings::new().most(5)).build()
}

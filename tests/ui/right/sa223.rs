//! No request tells truly at which URL the app is found, and behind a proxy that takes a path off not even which path that was.
//! What is written here stands before each `Location` and link and is the server of the documents, so it has to be a URL that
//! they can begin with. It is checked when the app is built, before a socket opens.
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
    Sandbox::app().base_url("http://shop.example/api/").build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().base_url("https://shop.example/api").build()
}

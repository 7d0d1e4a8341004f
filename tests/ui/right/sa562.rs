//! A body that is not held in memory is in a file while it arrives. Without a folder for it each such request would fail, so it
//! is looked for when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Takes a film.
#[put("/film", version = Version::V1.., public = "the sandbox is for everybody", accepts("video/mp4"))]
async fn set_film(film: StreamedBody<{ 500 * MIB }>) -> NoContent {
    drop(film);
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(set_film))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().spool("/nowhere/spool").build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().spool(std::env::temp_dir()).build()
}

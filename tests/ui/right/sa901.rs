//! A file that is named is one that settings were put into: an app that started without it would run with other settings than
//! whoever runs it believes. So a file that is not there, that the server's user may not read, or that is no TOML is told, the
//! latter with its line and column. A settings file that need not be there is not named where it is not. It is checked when the
//! app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::config::Config;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().config(Config::named("sandbox").file("/etc/sandbox/nowhere.toml")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // The environment alone.
    Sandbox::app().config(Config::named("sandbox").environment()).build()
}

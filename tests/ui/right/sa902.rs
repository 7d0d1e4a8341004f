//! A name that is mistyped states nothing, and the default would hold in silence: a limit that is wider, a host that is not
//! checked. So each name in the file and each variable that begins with the app's name has to be one of a setting. It is
//! checked when the app is built.
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
    let config = Config::named("sandbox").variables([("SANDBOX_DEADLNE", "5s")]);
    Sandbox::app().config(config).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let config = Config::named("sandbox").variables([("SANDBOX_DEADLINE", "5s")]);
    Sandbox::app().config(config).build()
}

//! Each setting has one form, with its unit: `15` may be seconds to one reader and minutes to the next. What has another form
//! is refused, and not guessed. The message has the place and not the value, which may be a secret that stands in the wrong
//! place. It is checked when the app is built.
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
    let config = Config::named("sandbox").variables([("SANDBOX_BODY_LIMIT", "128")]);
    Sandbox::app().config(config).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let config = Config::named("sandbox").variables([("SANDBOX_BODY_LIMIT", "128KiB")]);
    Sandbox::app().config(config).build()
}

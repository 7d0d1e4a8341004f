//! A setting that is stated twice, in one file or in two, or beside one that excludes it, would count once, and whoever looks at
//! the other believes that it does. What the environment states in place of the file is meant, and no mistake. It is checked
//! when the app is built.
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
    let config = Config::named("sandbox").variables([
        ("SANDBOX_DOCS_OFF", "true"),
        ("SANDBOX_DOCS_OPEN", "the sandbox is for everybody"),
    ]);
    Sandbox::app().config(config).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let config =
        Config::named("sandbox").variables([("SANDBOX_DOCS_OPEN", "the sandbox is for everybody")]);
    Sandbox::app().config(config).build()
}

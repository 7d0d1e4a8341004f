//! Settings of the app's own are for a struct of the app's, which knows their names. Where nothing reads them, nothing tells a
//! name that is mistyped, and none of them does anything. `Config::app` reads them; what it is called on is the configuration
//! that the app is given, or a clone of it. It is checked when the app is built.
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

#[derive(serde::Deserialize)]
struct Own {
    greeting: String,
}

pub(super) fn wrong() -> Result<App, StartError> {
    let config = Config::named("sandbox").variables([("SANDBOX_APP_GREETING", "hello")]);
    Sandbox::app().config(config).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let config = Config::named("sandbox").variables([("SANDBOX_APP_GREETING", "hello")]);
    let own: Own = config.app()?;
    assert_eq!(own.greeting, "hello");
    Sandbox::app().config(config).build()
}

//! A configuration is read by many: it lies in a repository, in the description of a container, in what a process hands on to
//! its children. A secret stands in a file of its own, which the server's user alone may read, and the configuration names that
//! file. What stood in the configuration was read by others, so it is not moved but made anew. It is checked when the app is
//! built.
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
    let secret = "4yPiyYFpPlUmGY4cPWmRNQ2VqB3D1vyRkMnm4Nd5A7s=";
    let config = Config::named("sandbox").variables([("SANDBOX_SECRET", secret)]);
    Sandbox::app().config(config).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment the service manager makes the file.
    let file = std::env::temp_dir().join(format!("sandbox-secret-{}", std::process::id()));
    std::fs::write(&file, "4yPiyYFpPlUmGY4cPWmRNQ2VqB3D1vyRkMnm4Nd5A7s=\n").expect("a file");
    let named = [("SANDBOX_SECRET_FILE", file.display().to_string())];
    let app = Sandbox::app().config(Config::named("sandbox").variables(named)).build();
    std::fs::remove_file(file).expect("it is there");
    app
}

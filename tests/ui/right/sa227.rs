//! Metrics tell which operations there are, how often they are called and when the ledger is down: more than a stranger should
//! know. On this machine whoever has an account may see them; elsewhere the listener asks for a token. It is checked when the app is
//! built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::manage::Manage;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().manage(Manage::at("0.0.0.0:9443")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SANDBOX_MANAGE_TOKEN")`.
    Sandbox::app().manage(Manage::at("0.0.0.0:9443").token(SecretBytes::random())).build()
}

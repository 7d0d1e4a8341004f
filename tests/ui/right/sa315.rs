//! The limit of addresses holds for each request, also for a path that nothing answers, and before anybody knows who is calling
//! and what is sent. So it counts addresses, in a window, and refuses what is beyond. A proxy before the app may count
//! them in its place; then the app says so. This is checked when the app is built.
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
    Sandbox::app().address_limit(Limit::per_principal(600).per_minute()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().address_limit(Limit::per_address(600).per_minute()).build()
}

//! An operation is closed before its sunset by its name, as it stands in the inventory: a name that nothing has would leave open what
//! was to be closed. Whoever finds it closed asks why, so there is a reason. It is checked when the app is built.
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
    Sandbox::app().close("clean", "a copy of our data was found elsewhere").build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().close("clear", "a copy of our data was found elsewhere").build()
}

//! `.preview(…)` opens one preview on one machine. A version that is released is served anyway, and a version of
//! another API's enum is not served here, so the line would do nothing, and whoever reads it would believe
//! otherwise. Which machine opens what only the configuration knows, so it is checked when the app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

#[derive(Version)]
pub enum Edition {
    V1,
    #[version(preview)]
    V2,
}

/// Removes all products.
#[delete("/products", version = Edition::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Edition, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().preview(Edition::V1).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().preview(Edition::V2).build()
}

//! A handler that begins or ends sessions needs what keeps them: how long they live is the app's to say. It is checked when
//! the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::session::{SessionSettings, Sessions};

/// Signs the caller out.
#[delete("/session", version = Version::V1.., public = "whoever has no session may end it too")]
async fn leave(sessions: Sessions) -> Result<NoContent, StoreError> {
    sessions.end().await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(leave))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().base_url("https://shop.example").build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().base_url("https://shop.example").sessions(SessionSettings::new()).build()
}

//! The answer to a repeated request with an `Idempotency-Key` is the kept one. A session is in no kept answer, so whoever asks
//! again would be told that they are signed in and have nothing to show for it. It is checked when the app is built, before a
//! socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::session::{SessionSettings, Sessions};

fn sandbox(app: secure_api::app::AppBuilder) -> Result<App, StartError> {
    app.base_url("https://shop.example").sessions(SessionSettings::new()).build()
}

/// Ends the caller's session, and keeps the answer.
#[post("/sign-outs", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn leave_for_good(sessions: Sessions) -> Result<Accepted, StoreError> {
    sessions.end().await?;
    Ok(Accepted)
}

/// Ends the caller's session.
#[post("/sign-outs", version = Version::V1.., role = Role::Customer)]
async fn leave(sessions: Sessions) -> Result<Accepted, StoreError> {
    sessions.end().await?;
    Ok(Accepted)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(),
      allow(unused_role, reason = "the sandbox has customers only"), routes(leave_for_good))]
pub struct Repeated;

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(),
      allow(unused_role, reason = "the sandbox has customers only"), routes(leave))]
pub struct Once;

pub(super) fn wrong() -> Result<App, StartError> {
    sandbox(Repeated::app())
}

pub(super) fn right() -> Result<App, StartError> {
    sandbox(Once::app())
}

//! The answer to a repeated request with an `Idempotency-Key` is the kept one. A token is a secret that is shown once: kept, it would
//! be in memory for whoever reads that, and shown again when its first reader has used it up. It is checked when the app is built,
//! before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::sign_in::{SignIn, SignInError, Tokens};

/// Ends what the caller signed in to, and keeps the answer.
#[post("/sign-outs", version = Version::V1.., role = Role::Customer, idempotency_key)]
async fn leave_for_good(caller: Caller<Role>, tokens: Tokens) -> Result<NoContent, SignInError> {
    tokens.sign_out(&caller).await?;
    Ok(NoContent)
}

/// Ends what the caller signed in to.
#[post("/sign-outs", version = Version::V1.., role = Role::Customer)]
async fn leave(caller: Caller<Role>, tokens: Tokens) -> Result<NoContent, SignInError> {
    tokens.sign_out(&caller).await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(),
      allow(unused_role, reason = "the sandbox has customers only"), routes(leave_for_good))]
pub struct Repeated;

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(),
      allow(unused_role, reason = "the sandbox has customers only"), routes(leave))]
pub struct Once;

fn sandbox(app: secure_api::app::AppBuilder) -> Result<App, StartError> {
    app.base_url("https://shop.example").sign_in(SignIn::new("sandbox")).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    sandbox(Repeated::app())
}

pub(super) fn right() -> Result<App, StartError> {
    sandbox(Once::app())
}

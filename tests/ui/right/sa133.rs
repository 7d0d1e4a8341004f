//! Passwords, codes and tokens are arguments of handlers, and what they work with is set up once, for the whole app: keys, ends,
//! a pool of threads. An app that has not said that it signs its users in has none of it. It is checked when the app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::sign_in::{SignIn, Tokens};

/// Signs everybody out.
#[delete("/visits", version = Version::V1.., public = "the sandbox is for everybody")]
async fn close(tokens: Tokens) -> Result<NoContent, StoreError> {
    tokens.end_all("guest").await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(close))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().base_url("https://sandbox.example").build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().base_url("https://sandbox.example").sign_in(SignIn::new("sandbox")).build()
}

//! A token names its issuer, and each caller is known by issuer and subject: an app that issues tokens to its own users has a
//! name that stays. It is the URL that the app is found at, or one that is stated. It is checked when the app is built.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::sign_in::SignIn;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().sign_in(SignIn::new("sandbox")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app().base_url("https://sandbox.example").sign_in(SignIn::new("sandbox")).build()
}

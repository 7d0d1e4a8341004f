//! RFC 9068 says which claims an access token has, so that an ID token or a token for something else is not taken
//! for one. Some issuers leave some of them out; that can be accepted, with a reason that a review reads. Only the
//! configuration knows it, so it is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .key(Key::es256_pem(LOGIN_KEY))
        .partial_profile("");
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .key(Key::es256_pem(LOGIN_KEY))
        .partial_profile("our issuer sends no client_id; it serves this one client");
    Shop::app().tokens(login).build()
}

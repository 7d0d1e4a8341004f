//! An owner is known by the subject of a token. Where the issuer of opaque tokens names none, the client can be taken for it: right for
//! programs, and for people a way to be taken for each other, so a review reads why it is never that. Only the configuration knows it,
//! so it is checked when the app is built, before a socket opens.
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

fn login() -> Issuer {
    // In a deployment: `SecretBytes::env("SHOP_CLIENT_SECRET")`.
    let secret = SecretBytes::random();
    Issuer::discover("https://login.example").audience("shop").introspect("shop", secret)
}

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().tokens(login().client_as_subject("")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login = login().client_as_subject("our issuer names the subject of every person's token");
    Shop::app().tokens(login).build()
}

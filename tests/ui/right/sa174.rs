//! A question about a token holds the token and a secret, and plain http shows both to whoever stands between. Only the
//! configuration knows the URL, so it is checked when the app is built, before a socket opens.
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
        .introspection_uri("http://login.example/introspect")
        .introspect("shop", SecretBytes::random());
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SHOP_CLIENT_SECRET")`.
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .introspection_uri("https://login.example/introspect")
        .introspect("shop", SecretBytes::random());
    Shop::app().tokens(login).build()
}

//! A token that is no JWT does not say whose it is. With two issuers to ask, each would be shown the other's tokens. Only the
//! configuration knows them, so it is checked when the app is built, before a socket opens.
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
    let one = Issuer::discover("https://login.example")
        .audience("shop")
        .introspect("shop", SecretBytes::random());
    let other = Issuer::discover("https://staff.example")
        .audience("shop")
        .introspect("shop", SecretBytes::random());
    Shop::app().tokens(one).tokens(other).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SHOP_CLIENT_SECRET")`.
    let one = Issuer::discover("https://login.example")
        .audience("shop")
        .introspect("shop", SecretBytes::random());
    let other = Issuer::discover("https://staff.example").audience("shop");
    Shop::app().tokens(one).tokens(other).build()
}

//! An issuer tells about tokens only to whom it knows, or anybody could try which tokens are good. Only the configuration knows the
//! client and its secret, so they are checked when the app is built, before a socket opens.
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
    // The file was empty.
    let secret = SecretBytes::file("/dev/null");
    let login =
        Issuer::discover("https://login.example").audience("shop").introspect("shop", secret);
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SHOP_CLIENT_SECRET")`.
    let secret = SecretBytes::random();
    let login =
        Issuer::discover("https://login.example").audience("shop").introspect("shop", secret);
    Shop::app().tokens(login).build()
}

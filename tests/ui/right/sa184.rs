//! A header about a caller is worth as much as whoever sent it. Where everyone is a trusted proxy, everyone forwards the
//! address and the certificate of whom they like. Half of all addresses beside the other half is everyone, too. It is checked when the app is
//! built, before a socket opens.
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
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).proxies(["0.0.0.0/0"]).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).proxies(["10.0.0.0/8", "192.0.2.7"]).build()
}

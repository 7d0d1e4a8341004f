//! Leeway forgives clocks that differ a little. It is also how long an expired or revoked token lives on, so five
//! minutes are the most. Where clocks differ more, the clocks are what to repair. Only the configuration knows it,
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

pub(super) fn wrong() -> Result<App, StartError> {
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .key(Key::es256_pem(LOGIN_KEY))
        .leeway(Duration::from_secs(3600));
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .key(Key::es256_pem(LOGIN_KEY))
        .leeway(Duration::from_secs(30));
    Shop::app().tokens(login).build()
}

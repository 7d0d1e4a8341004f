//! Two kinds of keys at one issuer let somebody sign a token with the public key as if it were the shared secret. This
//! is the classic confusion of algorithms (RFC 8725). An issuer has the one kind or the other. Only the configuration
//! knows it, so it is checked when the app is built, before a socket opens.
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
    let secret = SecretBytes::random();
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .key(Key::es256_pem(LOGIN_KEY).id("2026"))
        .key(Key::hs256(secret).id("old"));
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).build()
}

//! An issuer is known by its URL, compared byte for byte with `iss` in each token (RFC 8414). Plain http would let
//! anybody on the way answer for it; a query or a fragment is not part of such a name. `http` is accepted for
//! localhost alone. Only the configuration knows it, so it is checked when the app is built, before a socket opens.
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
    let login = Issuer::new("http://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).build()
}

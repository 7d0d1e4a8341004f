//! An issuer makes tokens for many APIs. The audience says which one a token is for; without it, a token that was
//! given to some other API, and leaked there, is good for this one too. Only the configuration knows it, so it is
//! checked when the app is built, before a socket opens.
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
    let login = Issuer::new("https://login.example").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).build()
}

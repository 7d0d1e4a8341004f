//! A token names its key by `kid`. With several keys and no ids, each would have to be tried, and a key that is
//! being withdrawn would still open the door. With ids, exactly one key is asked. Only the configuration knows it,
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
        .key(Key::es256_pem(LOGIN_KEY).id("2027"));
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .key(Key::es256_pem(LOGIN_KEY).id("2026"))
        .key(Key::es256_pem(LOGIN_KEY).id("2027"));
    Shop::app().tokens(login).build()
}

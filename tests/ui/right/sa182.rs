//! A proof says that a token is in the hands of whom it was issued to. Where no issuer's tokens are accepted there is nothing to
//! prove, and nobody could call what asks for it. It is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer, by = Dpop)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().base_url("https://shop.example").dpop(Dpop::new()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).base_url("https://shop.example").dpop(Dpop::new()).build()
}

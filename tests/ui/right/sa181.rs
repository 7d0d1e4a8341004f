//! A proof is good for a time around the one that it states, since clocks differ and requests are on their way. In a second none
//! would arrive; in ten minutes a stolen one would, and each that was seen is remembered for as long. It is checked when the app
//! is built, before a socket opens.
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
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    let proofs = Dpop::new().window(Duration::from_secs(3600));
    Shop::app().tokens(login).base_url("https://shop.example").dpop(proofs).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    let proofs = Dpop::new().window(Duration::from_secs(30));
    Shop::app().tokens(login).base_url("https://shop.example").dpop(proofs).build()
}

//! A source of client certificates is asked about the certificate of a connection, or the one that a trusted proxy forwards. Where
//! the server asks no client for one, and no proxy is trusted, there never is one, and nobody can call what admits nothing else. It is
//! checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::client_certificate::Certificates;
use secure_api::identity::Principal;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer, by = Certificate)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    let billing = Principal::new("https://pki.example", "billing").roles(["customer"]);
    let known = Certificates::new().uri("spiffe://shop.example/billing", billing);
    Shop::app().source(known).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let billing = Principal::new("https://pki.example", "billing").roles(["customer"]);
    let known = Certificates::new().uri("spiffe://shop.example/billing", billing);
    Shop::app().source(known).proxies(["10.0.0.0/8"]).build()
}

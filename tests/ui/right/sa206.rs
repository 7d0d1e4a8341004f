//! A certificate names a public key, and the server has to hold the private half of exactly that one. Most often
//! one file was renewed and the other was not. Then every handshake would fail, so the app does not start.
//!
//! Wrong: below

use super::certificate;
use crate::shop::*;
use secure_api::Tls;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    let (shop, old) = (certificate("shop.example"), certificate("shop.example"));
    let tls = Tls::pem(
        shop.cert.pem().as_bytes(),
        SecretBytes::fetched(|| Ok::<_, StartError>(old.signing_key.serialize_pem().into()))?,
    );
    Sandbox::app().tls(tls).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let shop = certificate("shop.example");
    let tls = Tls::pem(
        shop.cert.pem().as_bytes(),
        SecretBytes::fetched(|| Ok::<_, StartError>(shop.signing_key.serialize_pem().into()))?,
    );
    Sandbox::app().tls(tls).build()
}

//! A server with several certificates shows a client the one for the host that it names. One that is for no host is never shown to
//! anybody, unless it is the first. An address is no host here: no client names one in its handshake.
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

fn with(other: &str) -> Result<App, StartError> {
    let (shop, other) = (certificate("shop.example"), certificate(other));
    let of = |made: &rcgen::CertifiedKey<rcgen::KeyPair>| {
        let key = made.signing_key.serialize_pem();
        SecretBytes::fetched(|| Ok::<_, StartError>(key.into()))
    };
    let (key, other_key) = (of(&shop)?, of(&other)?);
    let tls = Tls::pem(shop.cert.pem().as_bytes(), key);
    Sandbox::app()
        .tls(tls.and_then(|tls| tls.and_pem(other.cert.pem().as_bytes(), other_key)))
        .build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    with("192.0.2.7")
}

pub(super) fn right() -> Result<App, StartError> {
    with("partners.example")
}

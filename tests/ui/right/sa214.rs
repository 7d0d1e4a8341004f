//! A certificate is good for a time. Before it and after it each client refuses the connection, so the app does not start with
//! such a one. While it runs, a new pair in the files of `Tls::pem_files` is served by itself, and the log warns before the end.
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
    let key = rcgen::KeyPair::generate().expect("a key");
    let mut ended = rcgen::CertificateParams::new(["shop.example".to_owned()]).expect("a name");
    ended.not_after = rcgen::date_time_ymd(2026, 1, 1);
    let ended = ended.self_signed(&key).expect("a certificate");
    let tls = Tls::pem(
        ended.pem().as_bytes(),
        SecretBytes::fetched(|| Ok::<_, StartError>(key.serialize_pem().into()))?,
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

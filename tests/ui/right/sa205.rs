//! The private key is what a server proves itself with. A file that holds something else, often the certificate
//! once more, is told at start. The message repeats nothing of the file, since a broken key is still a secret.
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
    let shop = certificate("shop.example");
    let tls = Tls::pem(
        shop.cert.pem().as_bytes(),
        SecretBytes::fetched(|| Ok::<_, StartError>(shop.cert.pem().into()))?,
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

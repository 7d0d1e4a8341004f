//! A server without its certificate cannot prove to anybody that it is the one that was asked for. A file that is
//! empty, cut off or of another form is told at start, and not by a failed handshake of each caller. The chain begins
//! with the server's own certificate. `certificate` makes one here; `Tls::pem_files` reads yours.
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
        b"",
        SecretBytes::fetched(|| Ok::<_, StartError>(shop.signing_key.serialize_pem().into()))?,
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

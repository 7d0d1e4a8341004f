//! Authorities connect, by TLS-ALPN-01, to port 443 of a host, and ask for it by its name. So an address has none, and of a wildcard
//! nobody knows where to connect: such a certificate is had by another tool, by the DNS, and served by `Tls::pem_files`, which takes a
//! renewed one from its files.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::Tls;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::serve::Acme;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

fn with(host: &str) -> Result<App, StartError> {
    let folder = std::env::temp_dir().join("secure-api-acme");
    let acme = Acme::new([host], folder).terms_of_service_agreed();
    Sandbox::app().tls(Tls::acme(acme)).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    with("*.shop.example")
}

pub(super) fn right() -> Result<App, StartError> {
    with("shop.example")
}

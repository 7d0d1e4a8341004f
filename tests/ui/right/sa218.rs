//! Directories are asked by `https` alone: whoever answers in the place of one could have the server's account, and certificates for its hosts.
//! So its certificate is checked, and an authority of your own network is trusted by a root that is stated beside it.
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

fn at(directory: &str) -> Result<App, StartError> {
    let acme = Acme::new(["shop.example"], std::env::temp_dir().join("secure-api-acme"));
    let acme = acme.directory(directory).terms_of_service_agreed();
    Sandbox::app().tls(Tls::acme(acme)).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    at("http://acme.corp/directory")
}

pub(super) fn right() -> Result<App, StartError> {
    at(Acme::LETS_ENCRYPT)
}

//! An authority issues a certificate to those who agree to its terms of service, which its directory links to. That is for whoever runs
//! the server to do: a library that agreed for them would bind nobody. So the agreement is a line of the program, and before it is
//! there nothing is asked.
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

fn acme() -> Acme {
    Acme::new(["shop.example"], std::env::temp_dir().join("secure-api-acme"))
}

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().tls(Tls::acme(acme())).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let acme = acme().terms_of_service_agreed();
    Sandbox::app().tls(Tls::acme(acme)).build()
}

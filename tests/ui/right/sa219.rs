//! A certificate that is kept nowhere is ordered anew at each start, and authorities issue a few of one host in a week: after some
//! restarts there would be none. So a folder that cannot be written to is told before anything is ordered.
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

fn kept_in(folder: std::path::PathBuf) -> Result<App, StartError> {
    let acme = Acme::new(["shop.example"], folder).terms_of_service_agreed();
    Sandbox::app().tls(Tls::acme(acme)).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    kept_in("/dev/null/acme".into())
}

pub(super) fn right() -> Result<App, StartError> {
    kept_in(std::env::temp_dir().join("secure-api-acme"))
}

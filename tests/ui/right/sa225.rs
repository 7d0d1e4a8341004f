//! A connection says by the PROXY protocol whose it is, and only trusted proxies are believed. Where none is named, nobody may speak
//! it, and all clients of a proxy that does would be refused as no HTTP. It is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::serve::ServerSettings;

/// Removes all products.
#[delete("/products", version = Version::V1.., public = "the sandbox is for everybody")]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(clear))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    let settings = ServerSettings { proxy_protocol: true, ..ServerSettings::default() };
    Sandbox::app().server(settings).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let settings = ServerSettings { proxy_protocol: true, ..ServerSettings::default() };
    Sandbox::app().server(settings).proxies(["10.0.0.0/8"]).build()
}

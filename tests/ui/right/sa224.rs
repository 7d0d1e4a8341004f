//! A server that may have no connection accepts nobody, and one whose time is over before it begins answers nobody. Nothing
//! would say so: it starts, and is silent. So a bound of the server, and the deadline of a request, is more than nothing.
//! Only the deadline of a shutdown may be: then it waits for nobody. It is checked when the app is built, and when a server
//! is bound, before a socket opens.
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
    Sandbox::app()
        .server(ServerSettings { max_connections: 0, ..ServerSettings::default() })
        .build()
}

pub(super) fn right() -> Result<App, StartError> {
    Sandbox::app()
        .server(ServerSettings { max_connections: 500, ..ServerSettings::default() })
        .build()
}

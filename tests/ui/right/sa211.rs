//! A handler that calls whatever it is told can be told to call a neighbour: a database, the cloud's metadata service, the app
//! itself. So a service is declared with its URL, by `https`, and its addresses are public ones; a host of one's own network is
//! declared beside it, with a reason. It is checked when the app is built, and again whenever a connection is made.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::client::{SafeClient, Upstream, UpstreamError};
use secure_api::prelude::*;

/// The service that tells what a parcel costs.
pub struct Parcels;

/// Has a parcel fetched.
#[post("/parcels", version = Version::V1.., role = Role::Customer)]
async fn fetch_parcel(parcels: SafeClient<Parcels>) -> Result<NoContent, UpstreamError> {
    parcels.post(["pickups"]).done().await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(fetch_parcel))]
pub struct Shop;

fn app() -> secure_api::app::AppBuilder {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login)
}

pub(super) fn wrong() -> Result<App, StartError> {
    app().upstream(Upstream::<Parcels>::at("http://10.0.3.7:8080/v1")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let parcels = Upstream::<Parcels>::at("https://parcels.corp/v1")
        .internal("parcels.corp:443", "the carrier's gateway stands in our own network");
    app().upstream(parcels).build()
}

//! A host of one's own network, and a token of the app's own, are ways inside: whoever finds out how to have the app ask is answered as
//! the app. Who opens one says why, in a sentence that a review can judge; it is listed with the other exceptions.
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
    let parcels = Upstream::<Parcels>::at("https://parcels.corp/v1");
    app().upstream(parcels.internal("parcels.corp:443", "todo")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let parcels = Upstream::<Parcels>::at("https://parcels.corp/v1");
    let reason = "the carrier's gateway stands in our own network";
    app().upstream(parcels.internal("parcels.corp:443", reason)).build()
}

//! A service that decides by who is calling is sent the token of the caller. A route that is public, or that callers with other
//! credentials reach, has calls for which there is none: they would fail when somebody makes them, or tempt somebody to send a token
//! of the app's own, which may do everything for everybody.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::client::{SafeClient, Upstream, UpstreamError};
use secure_api::prelude::*;

/// The service that tells what a parcel costs.
pub struct Parcels;

/// Tells what a parcel costs.
#[post("/parcels/price", version = Version::V1.., public = "whoever looks at a product wants to know")]
async fn price_parcel(parcels: SafeClient<Parcels>) -> Result<NoContent, UpstreamError> {
    parcels.post(["prices"]).done().await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(price_parcel))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    let parcels = Upstream::<Parcels>::at("https://parcels.example/v1").passes_token();
    Shop::app().upstream(parcels).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let parcels = Upstream::<Parcels>::at("https://parcels.example/v1");
    Shop::app().upstream(parcels).build()
}

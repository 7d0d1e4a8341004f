//! An issuer is asked about a token because only it knows if the token still counts. What it says is remembered for seconds, so that
//! one that was taken back is soon refused. It is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn shop(kept: Duration) -> Result<App, StartError> {
    // In a deployment: `SecretBytes::env("SHOP_CLIENT_SECRET")`.
    let secret = SecretBytes::random();
    let login = Issuer::discover("https://login.example")
        .audience("shop")
        .introspect("shop", secret)
        .introspection_kept_for(kept);
    Shop::app().tokens(login).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    shop(Duration::from_secs(3600))
}

pub(super) fn right() -> Result<App, StartError> {
    shop(Duration::from_secs(10))
}

//! The last keys of an issuer count on while it does not answer. For less time than a set is fresh they would end before they are
//! fetched again; for days, a key that was stolen and withdrawn would count for as long as somebody keeps the issuer from
//! answering. It is checked when the app is built, before a socket opens.
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
    let login = Issuer::discover("https://login.example").audience("shop").keys_kept_for(kept);
    Shop::app().tokens(login).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    shop(Duration::from_secs(7 * 86_400))
}

pub(super) fn right() -> Result<App, StartError> {
    shop(Duration::from_secs(12 * 3600))
}

//! An issuer for the tenants of everybody signs for whoever has a tenant, and its tokens name another issuer than it is called.
//! Only the configuration knows it, so it is checked when the app is built, before a socket opens.
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

pub(super) fn wrong() -> Result<App, StartError> {
    let login = Issuer::entra("common").audience("6e74172b-be56-4843-9ff4-e66a39bb12e3");
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    let login = Issuer::entra(tenant).audience("6e74172b-be56-4843-9ff4-e66a39bb12e3");
    Shop::app().tokens(login).build()
}

//! The type of a token says that it is one of access, and no ID token. Some issuers do not write it; that can be accepted, with a
//! reason that a review reads. Only the configuration knows it, so it is checked when the app is built, before a socket opens.
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
    let login = Issuer::discover("https://login.example").audience("shop").untyped("");
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login = Issuer::discover("https://login.example")
        .audience("shop")
        .required_claim("token_use", ["access"])
        .untyped("our issuer writes token_use instead of a type");
    Shop::app().tokens(login).build()
}

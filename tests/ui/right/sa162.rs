//! Every caller is of a tenant in an API with `tenants`, and the token says which. An issuer of which nothing says
//! where that stands would have all its callers refused; to let them in without a tenant would mix them with
//! everybody's. Only the configuration knows it, so it is checked when the app is built, before a socket opens.
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

#[api(roles = Role, versions = Version, limit = BROWSE, tenants, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login).build()
}

pub(super) fn right() -> Result<App, StartError> {
    let login = Issuer::new("https://login.example")
        .audience("shop")
        .key(Key::es256_pem(LOGIN_KEY))
        .tenant_claim("org_id");
    Shop::app().tokens(login).build()
}

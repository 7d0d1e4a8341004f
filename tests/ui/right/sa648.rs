//! Documents may be for the holders of a role, and a role is a bit of its API's enum. One of another enum means another role
//! here, or none, so nobody would know who reads them. `Docs` knows no API, so it is checked when the app is built, before a
//! socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

#[derive(Role)]
pub enum Desk {
    Clerk,
}

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn app() -> secure_api::app::AppBuilder {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login)
}

pub(super) fn wrong() -> Result<App, StartError> {
    app().docs(Docs::for_role(Desk::Clerk)).build()
}

pub(super) fn right() -> Result<App, StartError> {
    app().docs(Docs::for_role(Role::Customer)).build()
}

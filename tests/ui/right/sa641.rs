//! The documents list every path, also those that only an administrator may call. Who opens them to everybody says
//! why, in a sentence that a review can judge. Only the configuration knows it, so it is checked when the app is
//! built, before a socket opens.
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

fn app() -> secure_api::app::AppBuilder {
    let login =
        Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY));
    Shop::app().tokens(login)
}

pub(super) fn wrong() -> Result<App, StartError> {
    app().docs(Docs::open("todo")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    app().docs(Docs::open("our customers' developers read the page")).build()
}

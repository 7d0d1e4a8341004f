//! The standing of an account is asked, so that who is gone is out within seconds. What is remembered for longer is no better than
//! the end of a short token. It is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::identity::{AccountStatus, Standing};
use secure_api::prelude::*;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn shop(remembered: Duration) -> Result<App, StartError> {
    let login = Issuer::discover("https://login.example").audience("shop");
    let standing = Standing::new(|_| async { Ok::<_, StoreError>(AccountStatus::Unchanged) });
    Shop::app().tokens(login).standing(standing.remembered(remembered)).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    shop(Duration::from_secs(3600))
}

pub(super) fn right() -> Result<App, StartError> {
    shop(Duration::from_secs(10))
}

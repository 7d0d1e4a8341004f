//! A header or a parameter that states the version is read before a handler is found. An input that reads it too would see one
//! value alone, and a handler that decides by it would be a second place of versions. The input's field and the version's name
//! are known together when the app is built, so it is checked then, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

#[derive(Version)]
#[version(place = query("api-version"), reason = "the old clients send a parameter")]
pub enum Stated {
    V1,
    V2,
}

#[derive(Input)]
pub struct Told {
    #[input(name = "api-version", text, max_len = 9)]
    version: String,
}

/// Removes what is old.
#[delete("/products", version = Stated::V1.., role = Role::Customer)]
async fn clear(Query(told): Query<Told>) -> NoContent {
    drop(told);
    NoContent
}

/// Removes what is old.
#[delete("/products", version = Stated::V1.., role = Role::Customer)]
async fn clear_by_context(context: RequestContext) -> NoContent {
    assert!(!context.version().is_empty());
    NoContent
}

#[api(roles = Role, versions = Stated, limit = BROWSE, routes(clear))]
pub struct Shop;

#[api(roles = Role, versions = Stated, limit = BROWSE, routes(clear_by_context))]
pub struct ShopByContext;

fn login() -> Issuer {
    Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY))
}

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().tokens(login()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    ShopByContext::app().tokens(login()).build()
}

//! An app answers some addresses by itself: its documents and their page, its keys, its metadata. Below a version nothing of
//! these stands. Where paths begin otherwise an operation may be called at one of them, also by the value of a parameter, and
//! one of the two would never be reached. Which of them an app has depends on its settings, so it is checked when the app is
//! built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

#[derive(Version)]
#[version(place = none, reason = "the old clients send no version")]
pub enum Only {
    V1,
}

#[derive(Version)]
#[version(place = none, below = "/api", reason = "the old clients send no version")]
pub enum Below {
    V1,
}

/// Removes all documents.
#[delete("/docs", version = Only::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

/// Removes all documents.
#[delete("/docs", version = Below::V1.., role = Role::Customer)]
async fn clear_below() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Only, limit = BROWSE, routes(clear))]
pub struct Shop;

#[api(roles = Role, versions = Below, limit = BROWSE, routes(clear_below))]
pub struct ShopBelow;

fn login() -> Issuer {
    Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY))
}

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().tokens(login()).docs(Docs::open("partners read the documents")).build()
}

pub(super) fn right() -> Result<App, StartError> {
    ShopBelow::app().tokens(login()).docs(Docs::open("partners read the documents")).build()
}

//! `all(…)` demands several credentials in one request. A header has one value, so of two kinds that stand in the same one no
//! request can have both, and the operation could be called by nobody. It is checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::identity::{Credential, Head, Kind, Principal, Refused, Source};
use secure_api::prelude::*;

/// A passport, as `Authorization: Passport …`.
pub enum Passport {}

impl Credential for Passport {
    const KIND: Kind = Kind::authorization("Passport");
}

struct Passports;

impl Source for Passports {
    type Kind = Passport;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody has a passport yet"))
    }
}

/// The badge that a reader at the door reads.
pub enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

struct Badges;

impl Source for Badges {
    type Kind = Badge;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody has a badge yet"))
    }
}

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer, by = all(Bearer, Passport))]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer, by = all(Bearer, Badge))]
async fn remove() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(remove))]
pub struct Guarded;

fn login() -> Issuer {
    Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY))
}

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().tokens(login()).source(Passports).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Guarded::app().tokens(login()).source(Badges).build()
}

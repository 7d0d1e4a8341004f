//! An operation that demands a tag, or a step before it, is called by whoever made that other call. If the other operation does
//! not admit the same credentials, some callers could never make it, and would be refused for ever. Which credentials there are is
//! known when the app is built, so it is checked then, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::identity::{Credential, Head, Kind, Principal, Refused, Source};
use secure_api::prelude::*;

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

/// Begins.
#[post("/first", version = Version::V1.., role = Role::Customer, by = Bearer)]
async fn first() -> Accepted {
    Accepted
}

/// Goes on.
#[post("/second", version = Version::V1.., role = Role::Customer,
       after(first, within = Duration::from_secs(60)))]
async fn second() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(first, second))]
pub struct Shop;

#[api(roles = Role, versions = Version, limit = BROWSE, routes(begin, go_on))]
pub struct Even;

/// Begins.
#[post("/first", version = Version::V1.., role = Role::Customer, by = Bearer)]
async fn begin() -> Accepted {
    Accepted
}

/// Goes on.
#[post("/second", version = Version::V1.., role = Role::Customer, by = Bearer,
       after(begin, within = Duration::from_secs(60)))]
async fn go_on() -> Accepted {
    Accepted
}

fn login() -> Issuer {
    Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY))
}

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().tokens(login()).source(Badges).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Even::app().tokens(login()).source(Badges).build()
}

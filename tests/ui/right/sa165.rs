//! An operation that is called by a kind of credentials which nothing knows could be called by nobody, and would look like one that
//! refuses everybody for a reason. Only the configuration knows the sources, so it is checked when the app is built, before a
//! socket opens.
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

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer, by = [Bearer, Badge])]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

fn login() -> Issuer {
    Issuer::new("https://login.example").audience("shop").key(Key::es256_pem(LOGIN_KEY))
}

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().tokens(login()).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Shop::app().tokens(login()).source(Badges).build()
}

//! Credentials in a header that browsers add by themselves, as `cookie`, prove that a browser was used, and not that its user meant the
//! request: any page could have it sent. In one that says something else, as `host`, every request would have some. It is checked when
//! the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::identity::{Credential, Head, Kind, Principal, Refused, Source};
use secure_api::prelude::*;

/// The name that a cook says.
pub enum Cook {}

impl Credential for Cook {
    const KIND: Kind = Kind::header("Cook", "x-cook");
}

struct Cooks;

impl Source for Cooks {
    type Kind = Cook;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody cooks yet"))
    }
}

/// A cookie, which a browser adds to each request.
pub enum Crumb {}

impl Credential for Crumb {
    const KIND: Kind = Kind::header("Crumb", "cookie");
}

struct Crumbs;

impl Source for Crumbs {
    type Kind = Crumb;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("there are no crumbs"))
    }
}

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().source(Crumbs).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Shop::app().source(Cooks).build()
}

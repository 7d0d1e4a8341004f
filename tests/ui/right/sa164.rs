//! Credentials in a request have to have one answer: of two sources that know the same kind, or two kinds in one header, the order in
//! which they were added would decide who is calling. It is checked when the app is built, before a socket opens.
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
#[delete("/products", version = Version::V1.., role = Role::Customer)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear))]
pub struct Shop;

pub(super) fn wrong() -> Result<App, StartError> {
    Shop::app().source(Badges).source(Badges).build()
}

pub(super) fn right() -> Result<App, StartError> {
    Shop::app().source(Badges).build()
}

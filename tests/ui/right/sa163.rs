//! `by` says which credentials callers prove themselves with. A kind of credentials is a type with `Credential`, which tells where
//! in a request they stand and how a refusal asks for them; of any other type nobody could say either. This holds at compile
//! time.
//!
//! Wrong: identity/no_kind_of_credentials

use crate::shop::*;
use secure_api::identity::{Credential, Kind};
use secure_api::prelude::*;

/// The badge that a reader at the door reads.
pub enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

/// Removes all products.
#[delete("/products", version = Version::V1.., role = Role::Customer, by = Badge)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, by = Badge, routes(clear))]
pub struct Shop;

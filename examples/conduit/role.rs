//! The role of everybody who has an account, and the one version of the API.

use secure_api::prelude::*;

/// The roles of the API.
#[derive(Role, Debug, Clone, Copy)]
pub(crate) enum Role {
    /// The owner of an account.
    Member,
}

/// The versions of the API. The contract has one, and no word for it.
#[derive(Version)]
#[version(place = none, below = "/api", reason = "the contract was written by others, and names no version")]
pub(crate) enum Version {
    V1,
}

//! The callers of the desk, and its versions.

use secure_api::prelude::*;

/// The role of a caller.
#[derive(Role, Clone, Copy)]
pub enum Role {
    /// A person, or a program that acts for one.
    Member,
    /// A machine that has a certificate.
    Machine,
}

/// The versions of the API.
#[derive(Version)]
pub enum Version {
    /// The first.
    V1,
}

//! What enforces the declarations of `secure-api` on axum. Use it through the `secure-api` crate, which
//! re-exports what apps need; this crate has no stable interface of its own.
//!
//! Each concern imports only from those to its left: error < token, role < version, verb, limit, input,
//! view, object, observe < route < docs, inventory < app < serve. `clock` and `shape` stand left of all.

pub mod clock;
pub mod error;
pub mod limit;
pub mod observe;
pub mod role;
pub mod serve;
pub mod shape;
pub mod token;
pub mod verb;
pub mod version;

/// What generated code names, and nothing else does.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        role::{RoleInfo, RoleSet, RoleTable, Roles},
        version::{Day, VersionInfo, VersionPoint, VersionRange, VersionTable, Versions},
    };
}

//! What enforces the declarations of `secure-api` on axum. Use it through the `secure-api` crate, which
//! re-exports what apps need; this crate has no stable interface of its own.
//!
//! Each concern imports only from those to its left: error < token, role < version, verb, limit, input,
//! view, object, observe < route < docs, inventory < app < serve. `clock` and `shape` stand left of all.

pub mod clock;
mod compose;
pub mod error;
pub mod input;
pub mod limit;
pub mod observe;
pub mod role;
pub mod shape;
pub mod token;
pub mod verb;
pub mod version;

/// What generated code names, and nothing else does.
#[doc(hidden)]
pub mod __private {
    pub use serde::Serializer;

    pub use crate::{
        input::{
            Bound, Decode, Decoding, Field, Input, InvalidValue, Leaf, Node, Pattern, Range, Rule,
            Rules, TypeInfo, check_bounds, check_query, check_rule, decode_choice, decode_fields,
            parse_choice,
        },
        role::{RoleInfo, RoleSet, RoleTable, Roles},
        shape::Shape,
        version::{Day, VersionInfo, VersionPoint, VersionRange, VersionTable, Versions},
    };
}

//! Declarative HTTP APIs on axum, checked by the compiler.
//!
#![doc = include_str!("tour.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use macros::{
    ApiError, Input, Resource, ResponseHeaders, Role, Value, Version, api, defaults, delete, get,
    object, patch, post, put, question, routes, view,
};
#[cfg(feature = "client")]
pub use modules::client;
#[cfg(feature = "sqlx")]
pub use modules::sql;
#[cfg(feature = "testing")]
pub use modules::testing;
pub use modules::{
    api_key, app, behavior, bounds, client_certificate, clock, config, contract, docs, dpop, error,
    flow, identity, input, inventory, ledger, limit, manage, object, observe, role, route, secret,
    serve, session, sign_in, token, value, verb, version, view,
};
#[cfg(feature = "tls")]
pub use secure_api_runtime::serve::Tls;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub use cli::cli;
mod macros;
mod modules;
pub mod prelude;

#[cfg(doctest)]
mod book;

/// The items that targets of fuzzing reach into: only `cargo fuzz` sets this.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod __fuzz {
    pub use secure_api_runtime::__fuzz::*;

    #[cfg(feature = "cli")]
    pub use crate::cli::fuzzed::Looked;
}

/// The items that generated code names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use secure_api_macros::beside;
    pub use secure_api_runtime::__private::*;

    #[cfg(feature = "cli")]
    pub use crate::cli::tool::main as tool;

    // What is brought where a file names what is in it and lacks it, beside the error that says so.
    pub use crate::prelude;
}

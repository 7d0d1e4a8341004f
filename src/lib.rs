//! Declarative HTTP APIs on axum, checked by the compiler.

pub use secure_api_macros::{
    ApiError, Input, Resource, Role, Value, Version, api, defaults, delete, get, patch, post, put,
    routes,
};
#[cfg(feature = "tls")]
pub use secure_api_runtime::serve::Tls;
pub use secure_api_runtime::{
    app, clock, docs, error, input, inventory, limit, object, observe, role, route, serve, shape,
    token, verb, version, view,
};

pub mod prelude;

#[cfg(doctest)]
mod book;

/// What generated code names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use secure_api_runtime::__private::*;
}

//! Declarative HTTP APIs on axum, checked by the compiler.

pub use secure_api_runtime::{clock, error, input, limit, role, shape, token, verb, version};

pub mod prelude;

/// What generated code names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use secure_api_runtime::__private::*;
}

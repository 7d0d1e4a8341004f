//! A small app that is asked in the test's own process: it takes tokens of the tests' issuer, and its day is always the same.

use secure_api::{
    app::AppBuilder,
    testing::{self, Client},
};

/// Returns an app with what all of them need.
pub(crate) fn small(app: AppBuilder) -> AppBuilder {
    app.tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

/// Returns a client of such an app.
pub(crate) fn started(app: AppBuilder) -> Client {
    testing::client(small(app)).expect("an app that starts")
}

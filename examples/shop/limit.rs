//! The rate limits: each has a name and is used by name.

use secure_api::prelude::*;

/// Reading: as fast as a person clicks, with room for an app that loads a page at once.
pub const BROWSE: Limit = Limit::per_principal(600).per_minute();

/// Ordering and paying: nobody places more orders than this by hand.
pub const ORDER: Limit = Limit::per_principal(30).per_minute().burst(10);

/// Changing an account.
pub const ACCOUNT: Limit = Limit::per_principal(20).per_minute();

/// Asking whether a user name is free: enough for a sign-up form, too slow to list who is here.
pub const LOOK_UP: Limit = Limit::per_address(16).per_minute().burst(8);

/// Asking for a one-time code and signing in with one: enough for a person who mistypes.
pub const SIGN_IN: Limit = Limit::per_address(5).per_minute();

/// Support's desk: several customers at once.
pub const DESK: Limit = Limit::per_principal(1800).per_minute();

/// Reading what the audit log comes to: it counts every row of the log, so a few at once and not all day.
pub const AUDIT: Limit = Limit::per_principal(10).per_minute();
/// See [`AUDIT`].
pub const AUDIT_DAILY: Limit = Limit::per_principal(200).per_day();

/// The limit of the monitor that asks if the shop is up.
pub const STATUS: Limit =
    Limit::unlimited("a monitor asks each second, and the answer is one read of a row");

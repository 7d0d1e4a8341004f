//! The limits: wide enough for a person and for a page that asks for several things at once.

use secure_api::prelude::*;

/// Reading, with an account or without.
pub(crate) const READ: Limit = Limit::per_principal(600).per_minute();

/// Writing articles and comments, following and favoriting.
pub(crate) const WRITE: Limit = Limit::per_principal(60).per_minute();

/// Signing up and signing in: per address, since whoever guesses has no name yet.
pub(crate) const SIGN_IN: Limit = Limit::per_address(16).per_minute();

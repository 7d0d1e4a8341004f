//! The errors, each with a title for the caller.

use secure_api::{prelude::*, sign_in::SignInError};

use crate::store::Taken;

/// The failures of signing up, signing in, and changing an account.
#[derive(ApiError, Debug)]
pub(crate) enum AccountError {
    /// Somebody has the user name.
    #[problem(status = 422, title = "The user name is taken")]
    Name,
    /// Somebody has the address.
    #[problem(status = 422, title = "The email address is taken")]
    Email,
    /// The store has no room for more.
    #[problem(status = 503, retry_after = 3600, title = "There is no room for more")]
    Room,
    /// The id of an account is none.
    #[problem(internal)]
    Id(InvalidValue),
    /// The password does not fit, or is not the one.
    #[problem(transparent)]
    SignIn(SignInError),
    /// The store did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

impl From<Taken> for AccountError {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::Name => Self::Name,
            Taken::Email => Self::Email,
            Taken::Room => Self::Room,
        }
    }
}

/// The failures of everything else.
#[derive(ApiError, Debug)]
pub(crate) enum ConduitError {
    /// The path names nothing.
    #[problem(status = 404, title = "There is no such thing")]
    Nothing,
    /// The store has no room for more.
    #[problem(status = 503, retry_after = 3600, title = "There is no room for more")]
    Room,
    /// An id is none.
    #[problem(internal)]
    Id(InvalidValue),
    /// The thing that is written would be somebody else's.
    #[problem(transparent)]
    Denied(Denied),
    /// The store did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

impl From<Taken> for ConduitError {
    fn from(_: Taken) -> Self {
        Self::Room
    }
}

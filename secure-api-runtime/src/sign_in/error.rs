//! The errors of signing in: what a stranger is told is the same, whatever was wrong.

use std::{error::Error, fmt};

use crate::{
    error::{ApiError, Problem, ProblemType, problem},
    ledger::LedgerError,
    token::OwnKeyError,
};

/// The reason for which somebody was not signed in. As the error of a handler, or as a `transparent` variant of its own, it
/// is answered by 422 with one text, by 503 or by 500; the log is told what happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum SignInError {
    /// The credentials are not valid, for this reason, which goes to the log: 422 with one text, whatever it is.
    Refused(&'static str),
    /// A refresh token was used that had been used before. All tokens of its sign-in were ended: 422, and in the log the event
    /// `authn_token_reuse`.
    Reused,
    /// A new password is too short, too long, or one that everybody knows, for this reason: 422, with the reason for the caller.
    Password(&'static str),
    /// Too many passwords are being hashed at once: 503, to be tried again.
    Busy,
    /// The app asked for a token that cannot be issued: 500.
    Grant(&'static str),
    /// The ledger did not answer, or the system gives no randomness: 503.
    Unavailable(Box<dyn Error + Send + Sync>),
}

impl SignInError {
    pub(super) fn unavailable(why: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(why.into())
    }
}

impl From<LedgerError> for SignInError {
    fn from(error: LedgerError) -> Self {
        Self::unavailable(error)
    }
}

impl From<OwnKeyError> for SignInError {
    fn from(error: OwnKeyError) -> Self {
        Self::unavailable(error)
    }
}

impl ApiError for SignInError {
    fn problems() -> Vec<&'static ProblemType> {
        vec![
            &problem::WEAK_PASSWORD,
            &problem::WRONG_CREDENTIALS,
            &problem::INTERNAL,
            &problem::UNAVAILABLE,
        ]
    }

    fn into_problem(self) -> Problem {
        match self {
            Self::Refused(why) => Problem::new(&problem::WRONG_CREDENTIALS).because(why),
            Self::Reused => {
                Problem::new(&problem::WRONG_CREDENTIALS).event("authn_token_reuse").because(self)
            }
            Self::Password(why) => Problem::new(&problem::WEAK_PASSWORD).saying(why),
            Self::Busy => Problem::new(&problem::UNAVAILABLE)
                .retry_after(1)
                .because("too many passwords are being hashed at once"),
            Self::Grant(why) => Problem::new(&problem::INTERNAL).because(why),
            Self::Unavailable(why) => Problem::unavailable(why),
        }
    }
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) | Self::Grant(why) | Self::Password(why) => f.write_str(why),
            Self::Reused => {
                f.write_str("a refresh token was used a second time, and its sign-in was ended")
            }
            Self::Busy => f.write_str("too many passwords are being hashed at once"),
            Self::Unavailable(why) => why.fmt(f),
        }
    }
}

impl Error for SignInError {}

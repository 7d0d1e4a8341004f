//! The errors of beginning a session.

use std::{error::Error, fmt};

use crate::ledger::LedgerError;

/// The reason for which a session was not begun. In a handler `?` turns it into a
/// [`StoreError`](crate::object::StoreError), as any error.
#[derive(Debug)]
#[non_exhaustive]
pub enum SessionError {
    /// The principal is one that no request could have: it has no acceptable name, or has ended. A mistake of the handler.
    Principal(&'static str),
    /// All of the principal's sessions were ended by another request since this one began, or the one that its caller was admitted
    /// by: what it was let in by may be an old password.
    Ended,
    /// The ledger failed.
    Ledger(LedgerError),
}

impl From<LedgerError> for SessionError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Principal(why) => f.write_str(why),
            Self::Ended => f.write_str("what the principal was let in by was ended meanwhile"),
            Self::Ledger(error) => error.fmt(f),
        }
    }
}

impl Error for SessionError {}

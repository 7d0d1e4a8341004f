//! The error of a ledger that did not answer.

use std::{error::Error, fmt};

/// A ledger that did not answer, or has no room. Whoever asked for it is answered by 503; the log is told why.
///
/// In a handler `?` turns it into a [`StoreError`](crate::object::StoreError), as any error.
#[derive(Debug)]
pub struct LedgerError(Box<dyn Error + Send + Sync>);

impl LedgerError {
    /// Creates it for a reason that goes to the log.
    pub fn new(why: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the ledger does not answer: {}", self.0)
    }
}

impl Error for LedgerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

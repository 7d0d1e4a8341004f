//! A ledger that does not answer.

use secure_api::ledger::{Kept, Ledger, LedgerError, Name, Record};

/// A ledger that does not answer, or of revocations alone.
pub(crate) struct Gone {
    knows_revocations: bool,
}

impl Gone {
    /// Creates one that answers nothing.
    pub(crate) fn whole() -> Self {
        Self { knows_revocations: false }
    }

    /// Creates one that knows that nothing was revoked, and answers nothing else.
    pub(crate) fn but_for_revocations() -> Self {
        Self { knows_revocations: true }
    }
}

/// Returns the answer of whoever is not there.
fn gone<T>() -> Result<T, LedgerError> {
    Err(LedgerError::new("the connection is refused"))
}

impl Ledger for Gone {
    async fn first(&self, _: Name, _: i64) -> Result<bool, LedgerError> {
        gone()
    }

    async fn revoke(&self, _: Name, _: i64, _: i64) -> Result<(), LedgerError> {
        gone()
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        if self.knows_revocations { Ok(vec![None; names.len()]) } else { gone() }
    }

    async fn insert(&self, _: Name, _: Record) -> Result<bool, LedgerError> {
        gone()
    }

    async fn get(&self, _: Name) -> Result<Option<Kept>, LedgerError> {
        gone()
    }

    async fn replace(&self, _: Name, _: u64, _: Record) -> Result<bool, LedgerError> {
        gone()
    }

    async fn remove(&self, _: Name) -> Result<bool, LedgerError> {
        gone()
    }

    async fn group(&self, _: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        gone()
    }
}

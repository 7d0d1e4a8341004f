//! A ledger that does not answer.

use std::time::Duration;

use secure_api::ledger::{
    Charge, Charged, Kept, Ledger, LedgerError, Measured, Name, Points, Record,
};

/// A ledger that does not answer, or of revocations and limits alone.
pub(crate) struct Gone {
    knows_revocations: bool,
    is_silent: bool,
}

impl Gone {
    /// Creates one that answers nothing.
    pub(crate) fn whole() -> Self {
        Self { knows_revocations: false, is_silent: false }
    }

    /// Creates one that takes each question and says nothing, ever.
    pub(crate) fn silent() -> Self {
        Self { knows_revocations: false, is_silent: true }
    }

    /// Creates one that knows that nothing was revoked and no limit is reached, and answers nothing else.
    pub(crate) fn but_for_revocations() -> Self {
        Self { knows_revocations: true, is_silent: false }
    }
}

impl Gone {
    /// Returns the answer of whoever is not there.
    async fn gone<T>(&self) -> Result<T, LedgerError> {
        if self.is_silent {
            std::future::pending::<()>().await;
        }
        Err(LedgerError::new("the connection is refused"))
    }
}

impl Ledger for Gone {
    async fn first(&self, _: Name, _: i64) -> Result<bool, LedgerError> {
        self.gone().await
    }

    async fn revoke(&self, _: Name, _: i64, _: i64) -> Result<(), LedgerError> {
        self.gone().await
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        if self.knows_revocations { Ok(vec![None; names.len()]) } else { self.gone().await }
    }

    async fn insert(&self, _: Name, _: Record) -> Result<bool, LedgerError> {
        self.gone().await
    }

    async fn get(&self, _: Name) -> Result<Option<Kept>, LedgerError> {
        self.gone().await
    }

    async fn replace(&self, _: Name, _: u64, _: Record) -> Result<bool, LedgerError> {
        self.gone().await
    }

    async fn remove(&self, _: Name) -> Result<bool, LedgerError> {
        self.gone().await
    }

    async fn group(&self, _: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        self.gone().await
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        if !self.knows_revocations {
            return self.gone().await;
        }
        let free = Measured { remaining: 1, reset: Duration::ZERO, wait: Duration::ZERO };
        Ok(Charged { admitted: true, at: 0, left: vec![free; charges.len()] })
    }

    async fn refund(&self, _: &[Charge], _: u64) -> Result<(), LedgerError> {
        self.gone().await
    }

    async fn add(&self, _: &[Points]) -> Result<Vec<f64>, LedgerError> {
        self.gone().await
    }
}

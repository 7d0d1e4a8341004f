//! A ledger that lets others go first before each answer, as one that is far away.

use tokio::task::yield_now;

use crate::ledger::{Charge, Charged, Kept, Ledger, LedgerError, Memory, Name, Points, Record};

pub(super) struct Slow(pub(super) Memory);

impl Slow {
    /// Returns the memory, once everybody else had a turn.
    async fn memory(&self) -> &Memory {
        yield_now().await;
        &self.0
    }
}

impl Ledger for Slow {
    async fn first(&self, name: Name, until: i64) -> Result<bool, LedgerError> {
        self.memory().await.first(name, until).await
    }

    async fn revoke(&self, name: Name, before: i64, until: i64) -> Result<(), LedgerError> {
        self.memory().await.revoke(name, before, until).await
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        self.memory().await.revoked(names).await
    }

    async fn insert(&self, name: Name, record: Record) -> Result<bool, LedgerError> {
        self.memory().await.insert(name, record).await
    }

    async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        self.memory().await.get(name).await
    }

    async fn replace(&self, name: Name, version: u64, with: Record) -> Result<bool, LedgerError> {
        self.memory().await.replace(name, version, with).await
    }

    async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        self.memory().await.remove(name).await
    }

    async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        self.memory().await.group(group).await
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        self.memory().await.charge(charges).await
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        self.memory().await.refund(charges, at).await
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        self.memory().await.add(points).await
    }
}

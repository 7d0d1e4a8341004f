//! A ledger that stops changing records in the middle of something, and goes on later.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use secure_api::ledger::{
    Charge, Charged, Kept, Ledger, LedgerError, Memory, Name, Points, Record,
};

/// The ledger. Clones share it.
#[derive(Clone)]
pub(super) struct Halting {
    memory: Memory,
    halts: Arc<AtomicBool>,
}

impl Halting {
    pub(super) fn new(memory: Memory) -> Self {
        Self { memory, halts: Arc::default() }
    }

    /// Stops, or goes on.
    pub(super) fn halt(&self, halts: bool) {
        self.halts.store(halts, Ordering::SeqCst);
    }
}

impl Ledger for Halting {
    async fn first(&self, name: Name, until: i64) -> Result<bool, LedgerError> {
        self.memory.first(name, until).await
    }

    async fn revoke(&self, name: Name, before: i64, until: i64) -> Result<(), LedgerError> {
        self.memory.revoke(name, before, until).await
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        self.memory.revoked(names).await
    }

    async fn insert(&self, name: Name, record: Record) -> Result<bool, LedgerError> {
        self.memory.insert(name, record).await
    }

    async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        self.memory.get(name).await
    }

    async fn replace(&self, name: Name, version: u64, with: Record) -> Result<bool, LedgerError> {
        if self.halts.load(Ordering::SeqCst) {
            return Err(LedgerError::new("the connection was lost"));
        }
        self.memory.replace(name, version, with).await
    }

    async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        self.memory.remove(name).await
    }

    async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        self.memory.group(group).await
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        self.memory.charge(charges).await
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        self.memory.refund(charges, at).await
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        self.memory.add(points).await
    }
}

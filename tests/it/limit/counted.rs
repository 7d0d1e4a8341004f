//! A ledger of tests that is there, or not, or slow.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use secure_api::{
    clock::Clock,
    ledger::{Charge, Charged, Kept, Ledger, LedgerError, Memory, Name, Points, Record},
};

/// The ledger of some machines, which can be cut off from them, slow, or without a word, and which counts what it is asked. Clones
/// share it.
#[derive(Clone)]
pub(super) struct Counted {
    memory: Memory,
    pub(super) gone: Arc<AtomicBool>,
    /// `true` while what is charged is not told.
    pub(super) mute: Arc<AtomicBool>,
    /// The milliseconds after which it is told.
    pub(super) slow: Arc<AtomicU64>,
    charges: Arc<AtomicUsize>,
}

impl Counted {
    pub(super) fn new(clock: &Clock) -> Self {
        Self {
            memory: Memory::new(clock.clone()),
            gone: Arc::default(),
            mute: Arc::default(),
            slow: Arc::default(),
            charges: Arc::default(),
        }
    }

    pub(super) fn asked(&self) -> usize {
        self.charges.load(Ordering::SeqCst)
    }

    fn here(&self) -> Result<&Memory, LedgerError> {
        match self.gone.load(Ordering::SeqCst) {
            true => Err(LedgerError::new("the connection was lost")),
            false => Ok(&self.memory),
        }
    }
}

impl Ledger for Counted {
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
        self.memory.replace(name, version, with).await
    }

    async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        self.memory.remove(name).await
    }

    async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        self.memory.group(group).await
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        self.charges.fetch_add(1, Ordering::SeqCst);
        let charged = self.here()?.charge(charges).await;
        match self.slow.load(Ordering::SeqCst) {
            0 => {}
            millis => tokio::time::sleep(Duration::from_millis(millis)).await,
        }
        match self.mute.load(Ordering::SeqCst) {
            true => Err(LedgerError::new("the answer was lost")),
            false => charged,
        }
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        self.here()?.refund(charges, at).await
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        self.memory.add(points).await
    }
}

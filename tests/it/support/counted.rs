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
pub(crate) struct Counted {
    memory: Memory,
    pub(crate) gone: Arc<AtomicBool>,
    /// `true` while what is charged is not told.
    pub(crate) mute: Arc<AtomicBool>,
    /// The milliseconds after which it is told.
    pub(crate) slow: Arc<AtomicU64>,
    /// `true` while what is asked of records is done, and not told.
    lost: Arc<AtomicBool>,
    /// `true` while records are read, and changed without a word.
    changes_lost: Arc<AtomicBool>,
    charges: Arc<AtomicUsize>,
}

impl Counted {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self {
            memory: Memory::new(clock.clone()),
            gone: Arc::default(),
            mute: Arc::default(),
            slow: Arc::default(),
            lost: Arc::default(),
            changes_lost: Arc::default(),
            charges: Arc::default(),
        }
    }

    pub(crate) fn asked(&self) -> usize {
        self.charges.load(Ordering::SeqCst)
    }

    /// Returns an answer, where it is not lost.
    fn told<T>(lost: &AtomicBool, answer: Result<T, LedgerError>) -> Result<T, LedgerError> {
        match lost.load(Ordering::SeqCst) {
            true => Err(LedgerError::new("the answer was lost")),
            false => answer,
        }
    }

    /// Loses all answers about records from now on, or none.
    pub(crate) fn lose(&self, loses: bool) {
        self.lost.store(loses, Ordering::SeqCst);
        self.lose_changes(loses);
    }

    /// Loses the answers to changes of records from now on, or none.
    pub(crate) fn lose_changes(&self, loses: bool) {
        self.changes_lost.store(loses, Ordering::SeqCst);
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
        Self::told(&self.changes_lost, self.memory.insert(name, record).await)
    }

    async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        Self::told(&self.lost, self.memory.get(name).await)
    }

    async fn replace(&self, name: Name, version: u64, with: Record) -> Result<bool, LedgerError> {
        Self::told(&self.changes_lost, self.memory.replace(name, version, with).await)
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

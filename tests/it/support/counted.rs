//! A ledger that some machines share, which can be cut off from them, and which counts what it is asked.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use secure_api::{
    clock::Clock,
    ledger::{Charge, Charged, Kept, Ledger, LedgerError, Memory, Name, Points, Record},
};

/// The ledger of some machines, which can be cut off from them, and which counts what it is asked. Clones share it.
#[derive(Clone)]
pub(crate) struct Counted {
    memory: Memory,
    pub(crate) gone: Arc<AtomicBool>,
    /// `true` while it knows no scores.
    pub(crate) scoreless: Arc<AtomicBool>,
    charges: Arc<AtomicUsize>,
    /// The scores that were asked for, and those of them that points were added to.
    scores: Arc<[AtomicUsize; 2]>,
}

impl Counted {
    pub(crate) fn new(clock: &Clock) -> Self {
        let memory = Memory::new(clock.clone());
        Self {
            memory,
            gone: Arc::default(),
            scoreless: Arc::default(),
            charges: Arc::default(),
            scores: Arc::default(),
        }
    }

    /// Returns how often limits were charged.
    pub(crate) fn asked(&self) -> usize {
        self.charges.load(Ordering::SeqCst)
    }

    /// Returns how many scores were asked for, and to how many of them points were added.
    pub(crate) fn scores(&self) -> (usize, usize) {
        let [asked, added] = &*self.scores;
        (asked.load(Ordering::SeqCst), added.load(Ordering::SeqCst))
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
        self.here()?.charge(charges).await
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        self.here()?.refund(charges, at).await
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        let added = points.iter().filter(|points| points.points > 0.0).count();
        self.scores[0].fetch_add(points.len(), Ordering::SeqCst);
        self.scores[1].fetch_add(added, Ordering::SeqCst);
        match self.scoreless.load(Ordering::SeqCst) {
            true => Err(LedgerError::new("a script failed")),
            false => self.here()?.add(points).await,
        }
    }
}

//! The ledger of one process.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Charge, Charged, Kept, Ledger, LedgerError, Name, Points, Record};
use crate::{clock::Clock, expiring::Expiring};

mod limits;
mod records;
mod room;
mod scores;
mod seen;

#[cfg(test)]
mod tests;

use self::{
    limits::Limits,
    records::{Bounds, Records},
    scores::Scores,
    seen::Seen,
};

/// The interval of sweeps, in seconds.
const SWEEP_SECONDS: u64 = 60;

/// The ledger of one process, which forgets all when the process ends. Clones share it.
///
/// It is what an app has where none is stated. It holds a million names, 200 000 records of sessions and sign-ins, and 524 288 of
/// steps and idempotency keys with 256 MiB of answers; beyond that nothing is forgotten to make room, and what would need it is
/// refused by 503. Of the names one caller has some 58 000 at most, of steps, keys and answers a ninth, and less where others have
/// many: whoever has most is refused first. Revocations are never refused: an entry has some 50 bytes, and only who signs somebody
/// out makes one.
#[derive(Clone)]
pub struct Memory(Arc<Inner>);

struct Inner {
    clock: Clock,
    seen: Mutex<Seen>,
    /// `true` after the first revocation, so that until then no request takes the lock.
    any_revoked: AtomicBool,
    /// The time before which credentials of a name are refused. What has ended and was not evicted yet still refuses, so that
    /// a wrong end does not let anybody in at once.
    revoked: RwLock<Expiring<Name, i64>>,
    records: Mutex<Records>,
    limits: Limits,
    scores: Mutex<Scores>,
}

impl Memory {
    /// Creates an empty ledger that judges ends by this clock.
    pub fn new(clock: Clock) -> Self {
        Self::bounded(clock, Bounds::USUAL)
    }

    fn bounded(clock: Clock, bounds: Bounds) -> Self {
        Self(Arc::new(Inner {
            clock,
            seen: Mutex::new(Seen::new()),
            any_revoked: AtomicBool::new(false),
            revoked: RwLock::new(Expiring::new(SWEEP_SECONDS)),
            records: Mutex::new(Records::new(bounds)),
            limits: Limits::default(),
            scores: Mutex::new(Scores::new()),
        }))
    }

    /// Returns `false` while nothing was ever revoked.
    pub(super) fn any_revoked(&self) -> bool {
        self.0.any_revoked.load(Ordering::Acquire)
    }

    /// Records that a name of a caller's was seen, until a time. `true` the first time.
    pub(super) fn first_of(
        &self,
        name: Name,
        holder: Option<Name>,
        until: i64,
    ) -> Result<bool, LedgerError> {
        let now = self.now();
        let mut seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.first(name, holder, (now, until))
    }

    #[cfg(any(test, feature = "testing"))]
    pub(super) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    fn now(&self) -> u64 {
        seconds(self.0.clock.unix_seconds())
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        // It is whole after every change, whatever happened to a thread that held the lock.
        let mut records = self.0.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.sweep(self.now(), false);
        records
    }

    #[cfg(test)]
    pub(crate) fn revocations(&self) -> usize {
        self.0.revoked.read().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Ledger for Memory {
    async fn first(&self, name: Name, until: i64) -> Result<bool, LedgerError> {
        self.first_of(name, None, until)
    }

    async fn revoke(&self, name: Name, issued_before: i64, until: i64) -> Result<(), LedgerError> {
        let (now, until) = (self.now(), seconds(until));
        let mut revoked = self.0.revoked.write().unwrap_or_else(PoisonError::into_inner);
        if revoked.is_due(now, false) {
            revoked.sweep(now, |_| ());
        }
        let before = revoked.get_mut(&name).map_or(issued_before, |time| issued_before.max(*time));
        let until = revoked.until(&name).map_or(until, |earlier| until.max(earlier));
        revoked.insert(name, until, before);
        self.0.any_revoked.store(true, Ordering::Release);
        Ok(())
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        let revoked = self.0.revoked.read().unwrap_or_else(PoisonError::into_inner);
        Ok(names.iter().map(|name| revoked.kept(name).copied()).collect())
    }

    async fn insert(&self, name: Name, record: Record) -> Result<bool, LedgerError> {
        self.records().insert(name, record, self.now())
    }

    async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        Ok(self.records().kept(name, self.now()))
    }

    async fn replace(&self, name: Name, version: u64, record: Record) -> Result<bool, LedgerError> {
        self.records().replace(name, version, record, self.now())
    }

    async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        let mut records = self.records();
        let there = records.is_there(name, self.now());
        records.remove(name);
        Ok(there)
    }

    async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        let now = self.now();
        let records = self.records();
        let names = records.groups.get(&group).into_iter().flatten();
        Ok(names.filter_map(|name| Some((*name, records.kept(*name, now)?))).collect())
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        Ok(self.0.limits.charge(charges, self.0.clock.monotonic_nanos()))
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        self.0.limits.refund(charges, at, self.0.clock.monotonic_nanos());
        Ok(())
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        let now = self.0.clock.monotonic_nanos();
        let mut scores = self.0.scores.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(points.iter().map(|points| scores.add(points, now)).collect())
    }
}

/// Returns a time as the maps count it. Before 1970 there was nothing to remember.
fn seconds(unix: i64) -> u64 {
    u64::try_from(unix).unwrap_or_default()
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

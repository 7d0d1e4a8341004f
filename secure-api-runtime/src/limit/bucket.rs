//! The store of rate-limit buckets: bounded, in memory, behind short locks.
//!
//! A bucket is one number, the theoretical arrival time (TAT) of GCRA. A missing bucket is a full one, so
//! forgetting those that have refilled changes no decision.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::key::LimitKey;
use crate::{expiring::Expiring, fingerprint::BuildHeld};

/// Locks that requests of different callers spread over. More would only help beyond some dozens of cores.
const SHARDS: usize = 64;

/// The number of callers whose buckets one lock holds: with 64 locks, 262 144 callers a limit, which is 10 to 20 MB
/// under attack and next to nothing otherwise.
const CALLERS_PER_SHARD: usize = 4096;

/// The interval of sweeps that evict buckets which have refilled.
const SWEEP_NANOS: u64 = 60_000_000_000;

/// The buckets of several limits that are charged together.
pub(super) struct Buckets {
    shards: Box<[Mutex<Shard>]>,
}

/// The buckets behind one lock. Every lock holds all buckets of its callers, so that several limits of one caller are
/// measured and charged as one step.
pub(super) struct Shard {
    /// The TAT of each caller in nanoseconds, per limit: a bucket ends when it is full again.
    tats: Box<[Expiring<LimitKey, (), BuildHeld>]>,
    /// The one bucket, per limit, that callers share for whom there is no room.
    shared: Box<[Option<u64>]>,
    callers: usize,
}

impl Buckets {
    pub(super) fn new(limits: usize) -> Self {
        Self::with_room(limits, CALLERS_PER_SHARD)
    }

    pub(super) fn with_room(limits: usize, callers_per_shard: usize) -> Self {
        let shard = || {
            Mutex::new(Shard {
                tats: (0..limits).map(|_| Expiring::new(SWEEP_NANOS)).collect(),
                shared: vec![None; limits].into(),
                callers: callers_per_shard,
            })
        };
        Self { shards: (0..SHARDS).map(|_| shard()).collect() }
    }

    /// Locks the shard of this caller, and sweeps it if that is due at `now`.
    pub(super) fn lock(&self, key: &LimitKey, now: u64) -> MutexGuard<'_, Shard> {
        // A TAT is written in one step, so a panic elsewhere under the lock leaves nothing half done.
        let mut shard =
            self.shards[key.shard(SHARDS)].lock().unwrap_or_else(PoisonError::into_inner);
        shard.sweep(now);
        shard
    }

    /// Returns the number of buckets held.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let shards = self.shards.iter().map(|shard| {
            let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.tats.iter().map(Expiring::len).sum::<usize>()
        });
        shards.sum()
    }
}

impl Shard {
    /// Returns the TAT of a caller in one limit; `None` is a full bucket.
    ///
    /// A caller without a bucket starts from the shared one, which is full unless room ran out lately: what
    /// it may have spent there stays spent.
    pub(super) fn tat(&self, limit: usize, key: &LimitKey) -> Option<u64> {
        self.tats[limit].until(key).or(self.shared[limit])
    }

    /// Charges a caller in one limit, or the shared bucket where there is no room for the caller's own.
    ///
    /// So newcomers beyond the bound get at most one caller's quota between them. That is stricter than the
    /// limit, never looser, and those who have a bucket do not notice.
    pub(super) fn charge(&mut self, limit: usize, key: LimitKey, tat: u64) {
        let tats = &mut self.tats[limit];
        if tats.len() < self.callers || tats.until(&key).is_some() {
            tats.insert(key, tat, ());
        } else {
            self.shared[limit] = Some(tat);
        }
    }

    /// Evicts what has refilled, where that is due.
    fn sweep(&mut self, now: u64) {
        for (tats, shared) in self.tats.iter_mut().zip(&mut self.shared) {
            if tats.is_due(now, tats.len() >= self.callers) {
                tats.sweep(now, |()| ());
                *shared = shared.filter(|tat| *tat > now);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    fn caller(number: u32) -> LimitKey {
        LimitKey::address(std::net::IpAddr::V4(number.into()))
    }

    fn charge(buckets: &Buckets, number: u32, now: u64, tat: u64) {
        buckets.lock(&caller(number), now).charge(0, caller(number), tat);
    }

    #[test]
    fn buckets_that_have_refilled_are_forgotten() {
        let buckets = Buckets::new(1);
        for number in 0..1000 {
            charge(&buckets, number, 0, SECOND);
        }
        assert_eq!(buckets.len(), 1000);
        for number in 0..1000 {
            charge(&buckets, 5000 + number, 30 * SECOND, 90 * SECOND);
        }
        assert_eq!(buckets.len(), 2000, "no sweep is due yet");
        // One request to each shard, as any traffic brings.
        for number in 0..1000 {
            drop(buckets.lock(&caller(number), 61 * SECOND));
        }
        assert_eq!(buckets.len(), 1000, "those that still owe are kept");
    }

    #[test]
    fn however_many_call_the_number_of_buckets_is_bounded() {
        let buckets = Buckets::with_room(1, 2);
        for number in 0..10_000 {
            charge(&buckets, number, 0, SECOND * 100);
        }
        assert_eq!(buckets.len(), 2 * SHARDS);
    }

    #[test]
    fn callers_without_room_share_one_bucket_and_others_keep_theirs() {
        let buckets = Buckets::with_room(1, 1);
        let first = caller(1);
        buckets.lock(&first, 0).charge(0, first, 70 * SECOND);
        // Somebody who lands behind the same lock.
        let second = (2..).map(caller).find(|key| buckets.lock(key, 0).tats[0].len() == 1);
        let second = second.expect("there are more callers than locks");
        buckets.lock(&second, 0).charge(0, second, 80 * SECOND);

        let shard = buckets.lock(&first, 0);
        assert_eq!(shard.tat(0, &first), Some(70 * SECOND));
        assert_eq!(
            shard.tat(0, &second),
            Some(80 * SECOND),
            "charged, though not in a bucket of its own"
        );
        assert_eq!(shard.tats[0].len(), 1);
    }

    #[test]
    fn what_was_spent_in_the_shared_bucket_stays_spent_when_there_is_room_again() {
        let buckets = Buckets::with_room(1, 1);
        let first = caller(1);
        buckets.lock(&first, 0).charge(0, first, SECOND);
        let second = (2..).map(caller).find(|key| buckets.lock(key, 0).tats[0].len() == 1);
        let second = second.expect("there are more callers than locks");
        buckets.lock(&second, 0).charge(0, second, 80 * SECOND);
        // An early sweep makes room.
        let shard = buckets.lock(&second, 2 * SECOND);
        assert_eq!(shard.tats[0].len(), 0);
        assert_eq!(shard.tat(0, &second), Some(80 * SECOND));
    }
}

//! The claim of one request to a step or a key, and the times of both.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::bytes::Unread;
use crate::{fingerprint::random_key, ledger::AppLedger};

/// The number of one use of a step or key, so that only its holder can end it: random for each process, then counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim([u8; 24]);

impl Claim {
    /// Makes one that nobody else has.
    pub(super) fn new() -> Self {
        static PROCESS: OnceLock<[u8; 16]> = OnceLock::new();
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let mut claim = [0; 24];
        let (process, count) = claim.split_at_mut(16);
        process.copy_from_slice(PROCESS.get_or_init(random_key));
        count.copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        Self(claim)
    }
}

/// The hold of a request on a step or a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hold {
    pub(super) claim: Claim,
    /// The time at which nobody believes any more that the request goes on, in microseconds since 1970.
    pub(super) until: u64,
}

impl Hold {
    /// Begins one that counts for a time from now on.
    pub(super) fn new(ledger: &AppLedger, lease: Duration) -> Self {
        Self { claim: Claim::new(), until: after(now(ledger), lease) }
    }

    pub(super) fn is_over(&self, now: u64) -> bool {
        now >= self.until
    }

    pub(super) fn write(&self, into: &mut Vec<u8>) {
        into.extend(self.claim.0);
        into.extend(self.until.to_be_bytes());
    }

    pub(super) fn read(bytes: &mut Unread<'_>) -> Option<Self> {
        Some(Self { claim: Claim(bytes.array()?), until: bytes.number()? })
    }
}

/// Returns the microseconds since 1970, by the clock of this machine.
pub(super) fn now(ledger: &AppLedger) -> u64 {
    ledger.clock().unix_micros()
}

/// Returns a time so much after another one.
pub(super) fn after(time: u64, by: Duration) -> u64 {
    time.saturating_add(u64::try_from(by.as_micros()).unwrap_or(u64::MAX))
}

/// Returns the first second that is not before a time, as records end.
pub(super) fn seconds(time: u64) -> i64 {
    i64::try_from(time.div_ceil(1_000_000)).unwrap_or(i64::MAX)
}

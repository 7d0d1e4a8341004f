//! Verified tokens, remembered, so that a signature is paid for once per token.
//!
//! Only what verified is here. An entry is found by a keyed hash of the whole token, so that a token with
//! another signature is another token, and the tokens themselves are not kept. So it is of one tenant, too.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use quick_cache::{UnitWeighter, sync::Cache};

use crate::{
    fingerprint::{BuildHeld, Fingerprint},
    identity::Identity,
};

/// The capacity in tokens: about 5 MB where they are of common size. Beyond it the least used tokens are verified again.
const CAPACITY: usize = 10_000;

pub(super) struct Remembered(Cache<Fingerprint, Proof, UnitWeighter, BuildHeld>);

/// A proof that a token holds, with the time until which it need not be made again.
#[derive(Clone)]
pub(super) struct Proof {
    pub(super) identity: Arc<Identity>,
    until: i64,
    /// The end of the key that it was made with, where that may come sooner.
    vouched: Option<Arc<Vouched>>,
}

impl Proof {
    /// Creates a proof that holds until the token's `exp`. There is no leeway here: past `exp`, a token that the leeway still
    /// spares is verified each time.
    pub(super) fn new(identity: Arc<Identity>, vouched: Option<Arc<Vouched>>) -> Self {
        Self { until: identity.expires_at(), identity, vouched }
    }

    /// Ends the proof at this time, if it does not end before.
    #[cfg(feature = "discovery")]
    pub(super) fn until(mut self, until: i64) -> Self {
        self.until = self.until.min(until);
        self
    }

    fn holds(&self, now: i64) -> bool {
        now < self.until && self.vouched.as_ref().is_none_or(|vouched| now < vouched.get())
    }
}

/// The time until which a key counts, in seconds since 1970. Whoever withdraws the key ends all that was proved with it.
#[derive(Debug)]
pub(super) struct Vouched(AtomicI64);

#[cfg_attr(
    not(feature = "discovery"),
    expect(dead_code, reason = "only keys that are fetched end")
)]
impl Vouched {
    /// The end of a key that counts no longer.
    pub(super) const NEVER: i64 = i64::MIN;

    pub(super) fn set(&self, until: i64) {
        self.0.store(until, Ordering::Release);
    }
}

impl Vouched {
    fn get(&self) -> i64 {
        self.0.load(Ordering::Acquire)
    }
}

impl Default for Vouched {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }
}

impl Remembered {
    pub(super) fn new() -> Self {
        let lifecycle = Default::default();
        Self(Cache::with(CAPACITY, CAPACITY as u64, UnitWeighter, BuildHeld::default(), lifecycle))
    }

    /// Returns the identity of a token that was verified before, and need not be again.
    pub(super) fn get(&self, token: &Fingerprint, now: i64) -> Option<Arc<Identity>> {
        let proof = self.0.get(token)?;
        if proof.holds(now) {
            return Some(proof.identity);
        }
        self.0.remove(token);
        None
    }

    pub(super) fn insert(&self, token: Fingerprint, proof: Proof, now: i64) {
        if proof.holds(now) {
            self.0.insert(token, proof);
        }
    }

    /// Returns the number of tokens.
    #[cfg_attr(
        not(feature = "metrics"),
        allow(dead_code, reason = "only the text of metrics reads it")
    )]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

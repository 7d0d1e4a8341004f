//! Refusals that a machine remembers, so that whoever is refused costs the ledger nothing.

use std::sync::{Mutex, PoisonError};

use crate::{
    expiring::Expiring,
    fingerprint::{BuildHeld, Fingerprint},
    ledger::{self, Charge},
};

/// The refusals that are remembered at once: some 10 MB.
const REFUSALS: usize = 131_072;
/// The longest time for which one is remembered, in nanoseconds. Something may be given back on another machine meanwhile; and of
/// whoever waits for a day a ledger is asked once in a minute.
const REMEMBERED: u64 = 60_000_000_000;
/// The interval of sweeps, in nanoseconds.
const SWEEP: u64 = 10_000_000_000;

/// The names of which it is known that they have to wait.
pub(super) struct Remembered(Mutex<Expiring<Fingerprint, Known, BuildHeld>>);

/// A refusal that is known.
struct Known {
    /// The end of its wait.
    until: u64,
    /// The weight that was refused.
    weight: u32,
}

impl Remembered {
    /// Creates the memory of a machine, which knows nothing.
    pub(super) fn new() -> Self {
        Self(Mutex::new(Expiring::new(SWEEP)))
    }

    /// Returns the waits of those that are known to have to wait, by their places; nothing where nobody has to.
    pub(super) fn waits(&self, charges: &[Charge], now: u64) -> Option<Vec<Option<u64>>> {
        let refused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.len() == 0 {
            return None;
        }
        let wait = |charge: &Charge| {
            let known = refused.get(&charge.name.fingerprint(), now)?;
            // What weighs less may pass before.
            let waits = charge.weight >= known.weight;
            known.until.checked_sub(now).filter(|wait| waits && *wait > 0)
        };
        let waits: Vec<_> = charges.iter().map(wait).collect();
        waits.iter().any(Option::is_some).then_some(waits)
    }

    /// Remembers who has to wait. It may be up to a minute too long, where another machine gives something back meanwhile.
    pub(super) fn add(&self, charges: &[Charge], left: &[ledger::Left], now: u64) {
        let mut refused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.is_due(now, refused.len() >= REFUSALS) {
            refused.sweep(now, |_| ());
        }
        for (charge, left) in charges.iter().zip(left) {
            // Places come back at any time.
            if left.wait == 0 || charge.is_of_place() || refused.len() >= REFUSALS {
                continue;
            }
            // The lightest that was refused says the most.
            let key = charge.name.fingerprint();
            if refused.get(&key, now).is_none_or(|known| charge.weight < known.weight) {
                let until = now.saturating_add(left.wait);
                let known = Known { until, weight: charge.weight };
                refused.insert(key, now.saturating_add(left.wait.min(REMEMBERED)), known);
            }
        }
    }

    /// Forgets names that were given something back.
    pub(super) fn forget(&self, charges: &[Charge]) {
        let mut refused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for charge in charges {
            refused.remove_if(charge.name.fingerprint(), |_| true);
        }
    }
}

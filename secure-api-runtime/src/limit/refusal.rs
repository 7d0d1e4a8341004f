//! The refusal of limits: which ones, for how long, and as which problem.

use std::{error::Error, fmt};

use super::{Unit, key::Who, meter::Meter};
use crate::{
    error::{Problem, problem},
    ledger,
};

/// The refusal of some limits.
#[derive(Default)]
pub(super) struct Refusal {
    violated: Vec<&'static str>,
    /// Nanoseconds until all that refused would admit.
    wait: u64,
    /// `true` if all that refused count the requests of everybody at one time.
    shed: bool,
    /// `true` if one that refused counts nobody but the caller.
    own: bool,
}

/// The cause of a refusal by limits that others have used up, which tells nothing of the caller: their names.
#[derive(Debug)]
pub(crate) struct UsedByOthers(String);

impl fmt::Display for UsedByOthers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for UsedByOthers {}

impl Refusal {
    pub(super) fn add(&mut self, meter: &Meter, wait: u64) {
        let all = matches!(meter.unit, Unit::Route | Unit::Api)
            && matches!(meter.bound, ledger::Bound::AtOnce { .. });
        self.shed = all && (self.shed || self.violated.is_empty());
        self.own |= !matches!(meter.unit, Unit::Tenant | Unit::Client | Unit::Route | Unit::Api);
        self.violated.push(meter.policy);
        self.wait = self.wait.max(match meter.bound {
            // Nobody knows when one ends; a second is what one tries again after.
            ledger::Bound::AtOnce { .. } => 1,
            _ => wait,
        });
    }

    pub(super) fn problem(self) -> Problem {
        let kind = if self.shed { &problem::REDUCED_CAPACITY } else { &problem::QUOTA_EXCEEDED };
        let names = (!self.own).then(|| UsedByOthers(self.violated.join(", ")));
        // Of a 503 too: a caller makes as many of them as it likes, and nothing failed.
        let problem = Problem::new(kind)
            .retry_after(seconds(self.wait))
            .violated(self.violated)
            .event("excess_rate_limit_exceeded");
        match names {
            Some(names) => problem.because(names),
            None => problem,
        }
    }
}

pub(super) fn seconds(nanos: u64) -> u64 {
    nanos.div_ceil(1_000_000_000)
}

/// Returns a wait as it is told: a long one is a little longer, so that not all who were refused come back in the same moment. For
/// one caller it is always the same.
pub(super) fn later(who: &Who<'_>, wait: u64) -> u64 {
    const LONG: u64 = 3600 * 1_000_000_000;

    let jitter = if wait < LONG { 0 } else { who.key(Unit::Principal).half() % (wait / 64) };
    wait.saturating_add(jitter)
}

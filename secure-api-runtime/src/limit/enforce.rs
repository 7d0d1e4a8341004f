//! Enforcement: the limits of one operation, compiled, and what everyone who calls it has spent of them.
//!
//! Limits are charged in stages, as soon as what they count is known. All limits of a stage are measured before the first is
//! charged, so a refused request is charged to none of them; and what an earlier stage was charged is given back.

use std::{fmt, sync::Arc, time::Duration};

use smallvec::SmallVec;

use super::{
    Counting, Limit, Noted,
    headers::{APP, Names, Policy},
    key::Who,
    machines::Machines,
    meter::Meter,
    quota::{Left, Quota},
    refusal::{Refusal, later, seconds},
    slots::Slot,
    unit::Stage,
};
use crate::{
    error::Problem,
    ledger::{self, Demand},
};

/// The limits of one operation, or of a whole app, with what all of its callers have spent.
///
/// Make one per operation and share it among the versions of the operation: they then share what is counted, and
/// an old version is no second quota.
pub struct LimitSet {
    pub(super) meters: Box<[Meter]>,
    /// The places of those that refuse, by the stage at which they are charged.
    refusing: [Box<[usize]>; 3],
    /// `true` if some only count.
    observes: bool,
    /// `true` if some count requests at one time.
    holds: bool,
    /// `RateLimit-Policy` of all of them.
    policy: Policy,
    counting: Arc<Counting>,
}

/// The rest of some limits, by their places.
pub(super) type Measured = SmallVec<[ledger::Left; 4]>;

impl LimitSet {
    /// Creates the limits of `operation`, whose name their policies carry. `scope` tells it apart from all others of the app.
    ///
    /// `Limit::unlimited` adds nothing. A window beyond 100 years is one of 100 years.
    pub(crate) fn new(
        operation: &'static str,
        scope: &[&str],
        limits: &[Limit],
        counting: &Arc<Counting>,
    ) -> Self {
        let mut names = Names::of(operation, scope == [APP]);
        let mut named = Vec::new();
        let mut meters = Vec::new();
        for limit in limits {
            let policy = names.next(limit);
            let Some(meter) = Meter::new(policy, scope, limit, counting) else { continue };
            if !limit.is_observed() {
                named.push((policy, limit.count().saturating_mul(counting.scale), limit));
            }
            meters.push(meter);
        }
        let policy = Policy::new(named.into_iter());
        let refusing = [Stage::Address, Stage::Caller, Stage::Input].map(|stage| {
            let own = |(_, meter): &(usize, &Meter)| meter.stage() == stage && !meter.observed;
            meters.iter().enumerate().filter(own).map(|(index, _)| index).collect()
        });
        Self {
            refusing,
            observes: meters.iter().any(|meter| meter.observed),
            holds: meters.iter().any(Meter::is_at_once),
            meters: meters.into(),
            policy,
            counting: Arc::clone(counting),
        }
    }

    /// Says how long a request may be under way.
    pub(super) fn lasting(mut self, longest: Duration) -> Self {
        self.meters.iter_mut().for_each(|meter| meter.lasting(longest));
        self
    }

    /// Returns `true` if there is no limit.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.meters.is_empty()
    }

    /// Returns `RateLimit-Policy` of these limits.
    #[cfg(test)]
    pub(super) fn policy(&self) -> &http::HeaderValue {
        self.policy.own()
    }

    pub(super) fn machines(&self) -> Option<&Arc<Machines>> {
        self.counting.machines.as_ref()
    }

    /// Returns the parts of an input that some of its limits count by.
    pub(super) fn fields(&self) -> impl Iterator<Item = Noted> {
        self.meters.iter().flat_map(Meter::fields)
    }

    /// Returns `true` if some of its limits are charged at a stage.
    pub(super) fn has(&self, stage: Stage) -> bool {
        !self.refusing[stage as usize].is_empty()
            || (self.observes && self.meters.iter().any(|meter| meter.stage() == stage))
    }
}

/// The limits of one or several sets that are charged together.
#[derive(Clone, Copy)]
pub(super) struct Together<'a, 'b> {
    pub(super) sets: &'b [&'a LimitSet],
    pub(super) stage: Stage,
}

impl<'a> Together<'a, '_> {
    /// Iterates over those that refuse.
    pub(super) fn meters(&self) -> impl Iterator<Item = &'a Meter> {
        let stage = self.stage as usize;
        self.sets
            .iter()
            .flat_map(move |set| set.refusing[stage].iter().map(|index| &set.meters[*index]))
    }

    /// Iterates over those that only count.
    pub(super) fn observed(&self) -> impl Iterator<Item = &'a Meter> {
        let stage = self.stage;
        let all = self.sets.iter().filter(|set| set.observes).flat_map(|set| set.meters.iter());
        all.filter(move |meter| meter.stage() == stage && meter.observed)
    }

    /// Names the policies in the quota.
    pub(super) fn name(&self, quota: &mut Quota) {
        let stage = self.stage as usize;
        for set in self.sets.iter().filter(|set| !set.refusing[stage].is_empty()) {
            quota.add(&set.policy);
        }
    }

    /// Charges one request to all of these limits in the memory of this process, or to none of them and refuses it.
    ///
    /// # Errors
    ///
    /// `429 quota-exceeded`, naming every limit that is used up. `Retry-After` is the time, in whole seconds rounded up, after
    /// which all of them admit the request again if nobody else spends them.
    pub(super) fn check_here(
        &self,
        who: &Who<'_>,
        shares: u32,
        quota: &mut Quota,
    ) -> Result<(), Problem> {
        let Some(first) = self.sets.first() else { return Ok(()) };
        let now = quota.now(self.stage, &first.counting.clock);
        let mut demands = SmallVec::<[Demand<'_>; 4]>::new();
        let mut of = SmallVec::<[usize; 4]>::new();
        for (index, meter) in self.meters().enumerate() {
            meter.demands(who, shares, |demand| {
                demands.push(demand);
                of.push(index);
            });
        }
        if !demands.is_empty() {
            self.name(quota);
            let (left, admitted) = match ledger::charge(&demands, now) {
                Ok(left) => (left, true),
                Err(left) => (left, false),
            };
            self.tell(who, (&of, &left, admitted), quota)?;
            quota.charged(self.stage, now);
            self.hold(&demands, &of, now, quota);
        }
        for meter in self.observed() {
            let mut demands = SmallVec::<[Demand<'_>; 4]>::new();
            meter.demands(who, shares, |demand| demands.push(demand));
            match ledger::charge(&demands, now) {
                Ok(_) if meter.is_at_once() => {
                    for (nth, demand) in demands.iter().enumerate() {
                        quota.slots.push(Slot::here(meter.cells_of(nth), demand, now));
                    }
                }
                Ok(_) => {}
                Err(_) => would_refuse(meter),
            }
        }
        Ok(())
    }

    /// Charges what other machines know already, so that this one knows its part if they go. A place among requests at one time
    /// is held there and not here.
    pub(super) fn note_here(&self, who: &Who<'_>, quota: &mut Quota) {
        let Some(first) = self.sets.first() else { return };
        let now = quota.now(self.stage, &first.counting.clock);
        let mut demands = SmallVec::<[Demand<'_>; 4]>::new();
        for meter in self.meters().filter(|meter| !meter.is_at_once()) {
            meter.demands(who, 1, |demand| demands.push(demand));
        }
        let _ = ledger::charge(&demands, now);
    }

    /// Gives back what was charged at this stage in the memory of this process.
    pub(super) fn refund_here(&self, who: &Who<'_>, quota: &mut Quota) {
        let Some(first) = self.sets.first() else { return };
        if let Some(at) = quota.refunded(self.stage) {
            let now = first.counting.clock.monotonic_nanos();
            for meter in self.meters().filter(|meter| !meter.is_at_once()) {
                meter.demands(who, 1, |demand| ledger::refund(&demand, at, now));
            }
        }
    }

    /// Keeps the places that were taken among requests at one time.
    fn hold(&self, demands: &[Demand<'_>], of: &[usize], at: u64, quota: &mut Quota) {
        if !self.sets.iter().any(|set| set.holds) {
            return;
        }
        for (index, meter) in self.meters().enumerate() {
            if meter.is_at_once() {
                let taken = demands.iter().zip(of).filter(|(_, of)| **of == index);
                for (nth, (demand, _)) in taken.enumerate() {
                    quota.slots.push(Slot::here(meter.cells_of(nth), demand, at));
                }
            }
        }
    }

    /// Tells in the quota what is left of each limit, and refuses the request where it was not admitted.
    pub(super) fn tell(
        &self,
        who: &Who<'_>,
        (of, left, admitted): (&[usize], &[ledger::Left], bool),
        quota: &mut Quota,
    ) -> Result<(), Problem> {
        let mut refusal = Refusal::default();
        for (index, meter) in self.meters().enumerate() {
            let cells = of.iter().zip(left).filter(|(of, _)| **of == index);
            let Some(left) = cells.map(|(_, left)| *left).reduce(least) else { continue };
            let (remaining, policy) = (left.remaining, meter.policy);
            let reset = if left.wait > 0 {
                let wait = later(who, left.wait);
                refusal.add(meter, wait);
                // Nobody knows when a place comes back.
                Some(wait).filter(|_| !meter.is_at_once())
            } else if admitted && !meter.is_at_once() {
                // What is left lasts so long at the declared rate: nobody is told of more for less time.
                let lasts = meter.interval.saturating_mul(u64::from(remaining));
                Some(left.reset.max(lasts))
            } else {
                // `Retry-After` is not to point before any `t`, so those that did not refuse state none; and the lease of a place
                // is not when it comes back.
                None
            };
            let (stage, weight) = (self.stage, meter.weight(who));
            quota.left.push(Left { policy, remaining, reset: reset.map(seconds), stage, weight });
        }
        if admitted { Ok(()) } else { Err(refusal.problem()) }
    }
}

/// Logs that a limit which is only observed was used up.
pub(super) fn would_refuse(meter: &Meter) {
    tracing::info!(
        target: "secure_api::limit",
        policy = meter.policy,
        "a limit that is only observed would have refused a request"
    );
}

/// Returns what is left of a limit that is counted in several networks: of each the least.
fn least(one: ledger::Left, other: ledger::Left) -> ledger::Left {
    ledger::Left {
        remaining: one.remaining.min(other.remaining),
        reset: one.reset.max(other.reset),
        wait: one.wait.max(other.wait),
    }
}

impl fmt::Debug for LimitSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LimitSet").field("policy", &self.policy).finish_non_exhaustive()
    }
}

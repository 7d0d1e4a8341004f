//! Enforcement: the limits of one operation, compiled, and the buckets of everyone who calls it.
//!
//! GCRA is governor's. What is ours is where it keeps its state, in a draft, and the time, which is read once for a
//! request. All limits of a phase measure a draft of the caller's buckets under one lock, and only if every one of them
//! admits the request do the drafts become the buckets. So a refused request is charged to nothing.

use std::{cell::Cell, fmt, num::NonZeroU32, time::Duration};

use governor::{
    RateLimiter,
    clock::Clock as GovernorClock,
    middleware::StateInformationMiddleware,
    nanos::Nanos,
    state::{NotKeyed, StateStore},
};
use http::HeaderValue;
use smallvec::SmallVec;

use super::{
    Limit, Unit,
    bucket::Buckets,
    headers::{self, AllLeft, Left, Policy, Quota},
    key::LimitKey,
};
use crate::{
    clock::Clock,
    error::{Problem, problem},
};

/// The limits of one operation, or of a whole app, with the buckets of all its callers.
///
/// Make one per operation and share it among the versions of the operation: they then share its buckets, and
/// an old version is no second quota.
///
/// A request is checked twice: `Unit::Address` before anybody reads its credentials, `Unit::Principal` once
/// the caller is known. Within one check it is all or nothing. What the first check charged stays charged
/// when the second refuses: that request did cost an authentication, and an address must not get those for
/// free.
pub struct LimitSet {
    address: Phase,
    principal: Phase,
    /// `RateLimit-Policy` of all of them.
    policy: Policy,
}

/// The limits that are checked together.
struct Phase {
    meters: Box<[Meter]>,
    buckets: Buckets,
    clock: Clock,
    /// The monotonic time at which the buckets were made.
    start: u64,
}

/// One limit.
struct Meter {
    policy: &'static str,
    quota: governor::Quota,
    /// Nanoseconds in which one request refills.
    interval: u64,
    burst: u32,
}

impl LimitSet {
    /// Creates the limits of `operation`, whose name their policies carry. `scale` multiplies counts and bursts,
    /// saturating, for load tests; 0 counts as 1.
    ///
    /// `Limit::unlimited` adds nothing. A window beyond 100 years is one of 100 years.
    pub fn new(operation: &'static str, limits: &[Limit], scale: u32, clock: &Clock) -> Self {
        let scale = scale.max(1);
        let mut named = Vec::new();
        let mut phase = |unit| {
            let limits = limits.iter().filter(|limit| limit.unit() == unit);
            let meters = limits.enumerate().filter_map(|(nth, limit)| {
                let policy = headers::policy_name(operation, unit, nth);
                named.push((policy, limit.count().saturating_mul(scale), limit));
                Meter::new(policy, limit, scale)
            });
            Phase::new(meters.collect(), clock)
        };
        let address = phase(Unit::Address);
        let principal = phase(Unit::Principal);
        Self { address, principal, policy: Policy::new(named.into_iter()) }
    }

    /// Returns `true` if there is no limit.
    pub fn is_empty(&self) -> bool {
        self.address.meters.is_empty() && self.principal.meters.is_empty()
    }

    /// Returns `RateLimit-Policy` of these limits.
    pub fn policy(&self) -> &HeaderValue {
        self.policy.own()
    }

    /// Charges one request to every limit of this unit, or to none of them and refuses it.
    ///
    /// For `Unit::Principal` the key is the principal's, or the address's where the route is public and the
    /// caller has not said who it is. `quota` gets what is left of these limits, refused or not; it is written to the
    /// response once. `Unit::Unlimited` charges nothing.
    ///
    /// # Errors
    ///
    /// `429 quota-exceeded`, naming every limit of this unit that is used up. `Retry-After` is the time, in
    /// whole seconds rounded up, after which all of them admit the request again if nobody else spends them.
    pub fn check(&self, unit: Unit, key: LimitKey, quota: &mut Quota) -> Result<(), Problem> {
        let phase = match unit {
            Unit::Address => &self.address,
            Unit::Principal => &self.principal,
            Unit::Unlimited => return Ok(()),
        };
        if phase.meters.is_empty() {
            return Ok(());
        }
        quota.add(&self.policy);
        let now = quota.now(&phase.clock);
        phase.charge(key, now, &mut quota.left).map_err(|Refusal { violated, wait }| {
            Problem::new(&problem::QUOTA_EXCEEDED).retry_after(seconds(wait)).violated(violated)
        })
    }
}

impl fmt::Debug for LimitSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LimitSet").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// The refusal of one phase.
struct Refusal {
    violated: Vec<&'static str>,
    /// Nanoseconds until all that refused would admit.
    wait: u64,
}

impl Phase {
    fn new(meters: Box<[Meter]>, clock: &Clock) -> Self {
        let buckets = Buckets::new(meters.len());
        Self { meters, buckets, clock: clock.clone(), start: clock.monotonic_nanos() }
    }

    /// Charges a request that came at `now` by the clock, and adds what is left of each limit to `all`.
    fn charge(&self, key: LimitKey, now: u64, all: &mut AllLeft) -> Result<(), Refusal> {
        let now = now.saturating_sub(self.start);
        let mut shard = self.buckets.lock(&key, now);
        let first = all.len();
        let mut next = SmallVec::<[u64; 4]>::new();
        let mut violated = Vec::new();
        let mut longest = 0;
        for (index, meter) in self.meters.iter().enumerate() {
            match meter.measure(shard.tat(index, &key), now) {
                Ok((full_at, remaining)) => {
                    let missing =
                        u64::from(meter.burst.saturating_sub(remaining).saturating_sub(1));
                    let more_at = full_at.saturating_sub(missing.saturating_mul(meter.interval));
                    all.push(Left {
                        policy: meter.policy,
                        remaining,
                        reset: Some(seconds(more_at.saturating_sub(now))),
                    });
                    next.push(full_at);
                }
                Err(wait) => {
                    violated.push(meter.policy);
                    longest = longest.max(wait);
                    all.push(Left {
                        policy: meter.policy,
                        remaining: 0,
                        reset: Some(seconds(wait)),
                    });
                }
            }
        }
        if !violated.is_empty() {
            let measured = all[first..].iter_mut();
            for left in measured.filter(|left| !violated.contains(&left.policy)) {
                // Measured as if charged, which it was not. And `Retry-After` is not to point before any
                // `t`, so those that did not refuse state none.
                left.remaining = left.remaining.saturating_add(1);
                left.reset = None;
            }
            return Err(Refusal { violated, wait: longest });
        }
        for (index, full_at) in next.into_iter().enumerate() {
            shard.charge(index, key, full_at);
        }
        Ok(())
    }
}

impl Meter {
    fn new(policy: &'static str, limit: &Limit, scale: u32) -> Option<Self> {
        /// 100 years: what keeps the sums below far from the end of 64 bits.
        const LONGEST: u128 = 100 * 365 * 86_400 * 1_000_000_000;

        let count = u128::from(limit.count().saturating_mul(scale)).max(1);
        let window = limit.window().as_nanos().clamp(1, LONGEST);
        // Rounded up: in the long run never more than the count for each window.
        let interval = u64::try_from(window.div_ceil(count)).ok()?;
        let burst = NonZeroU32::new(limit.allowed().saturating_mul(scale))?;
        let quota =
            governor::Quota::with_period(Duration::from_nanos(interval))?.allow_burst(burst);
        Some(Self { policy, quota, interval, burst: burst.get() })
    }

    /// Measures a bucket with this TAT: when it will be full again if the request is charged, and how many more pass
    /// right away; or the nanoseconds to wait.
    fn measure(&self, tat: Option<u64>, now: u64) -> Result<(u64, u32), u64> {
        // The limiter's time begins when it is made, as that of the buckets does: at 0.
        let (draft, clock) = (Draft(Cell::new(tat)), Reading::default());
        let gcra: Gcra = RateLimiter::new(self.quota, draft, clock);
        gcra.clock().0.set(now);
        match gcra.check() {
            // What governor wrote is when the bucket will be full again.
            Ok(state) => Ok((
                gcra.into_state_store().0.get().unwrap_or(now),
                state.remaining_burst_capacity(),
            )),
            Err(not_until) => Err(not_until.earliest_possible().as_u64().saturating_sub(now)),
        }
    }
}

/// A limiter of one bucket, made for one measurement.
type Gcra = RateLimiter<NotKeyed, Draft, Reading, StateInformationMiddleware>;

fn seconds(nanos: u64) -> u64 {
    nanos.div_ceil(1_000_000_000)
}

/// A clock that was read before: nanoseconds since the time of the buckets began.
#[derive(Default)]
struct Reading(Cell<u64>);

impl GovernorClock for Reading {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::new(self.0.get())
    }
}

/// A copy of one bucket that governor may measure and change.
struct Draft(Cell<Option<u64>>);

impl StateStore for Draft {
    type Key = NotKeyed;

    fn measure_and_replace<T, F, E>(&self, _: &NotKeyed, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let (outcome, tat) = decide(self.0.get().map(Nanos::new))?;
        self.0.set(Some(tat.as_u64()));
        Ok(outcome)
    }
}

//! Requests in an interval, and so many at once: GCRA, by governor.

use std::{cell::Cell as StdCell, num::NonZeroU32, time::Duration};

use governor::{
    RateLimiter,
    clock::Clock as GovernorClock,
    middleware::StateInformationMiddleware,
    nanos::Nanos,
    state::{NotKeyed, StateStore},
};

use super::{Left, cell::narrow, nanos};

/// A limiter of one cell, made for one measurement.
type Gcra = RateLimiter<NotKeyed, Draft, Reading, StateInformationMiddleware>;

/// Measures a cell with this arrival time: its next one if the request is charged, and what is left.
pub(super) fn gcra(
    tat: Option<u64>,
    interval: Duration,
    burst: u32,
    weight: u32,
    now: u64,
) -> (Option<u64>, Left) {
    let step = nanos(interval).max(1);
    // In a hundred years nobody needs more.
    let burst = burst.min(narrow(nanos(Duration::MAX) / step).max(1));
    let full = u64::from(burst).saturating_mul(step);
    let refused = Left { remaining: 0, reset: full, wait: full.max(1) };
    let (Some(burst), Some(weight)) = (NonZeroU32::new(burst), NonZeroU32::new(weight)) else {
        return (tat, refused);
    };
    let Some(quota) = governor::Quota::with_period(Duration::from_nanos(step)) else {
        return (tat, refused);
    };
    // The limiter's time begins when it is made, as that of the cells does: at 0.
    let gcra: Gcra =
        RateLimiter::new(quota.allow_burst(burst), Draft(StdCell::new(tat)), Reading::default());
    gcra.clock().0.set(now);
    let Ok(outcome) = gcra.check_n(weight) else { return (tat, refused) };
    match outcome {
        Ok(state) => {
            let remaining = state.remaining_burst_capacity();
            let next = gcra.into_state_store().0.get();
            let missing = u64::from(burst.get().saturating_sub(remaining).saturating_sub(1));
            let more_at = next.unwrap_or(now).saturating_sub(missing.saturating_mul(step));
            (next, Left { remaining, reset: more_at.saturating_sub(now), wait: 0 })
        }
        Err(not_until) => {
            let wait = not_until.earliest_possible().as_u64().saturating_sub(now).max(1);
            let owed = tat.unwrap_or(now).saturating_sub(now);
            let free = full.saturating_sub(owed) / step;
            let next = step - full.saturating_sub(owed) % step;
            (tat, Left { remaining: narrow(free), reset: next, wait })
        }
    }
}

/// A clock that was read before: nanoseconds since the time of the cells began.
#[derive(Default)]
struct Reading(StdCell<u64>);

impl GovernorClock for Reading {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::new(self.0.get())
    }
}

/// A copy of one cell that governor may measure and change.
struct Draft(StdCell<Option<u64>>);

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

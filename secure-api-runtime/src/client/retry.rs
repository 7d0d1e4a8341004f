//! Retries: of what may be sent twice, after a random wait, and no more of them than a share of all calls.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// The wait before the first retry is up to this; it doubles with each.
const FIRST: Duration = Duration::from_millis(100);
/// The longest wait that is not asked for.
const LONGEST: Duration = Duration::from_secs(2);
/// The part of a retry that each call pays for: a service that is down gets a tenth more calls, and not twice as many.
const PAID: u32 = 1;
const COST: u32 = 10;
/// The retries that there are without having been paid for, so that a client that calls seldom has some.
const SAVED: u32 = 10 * COST;

/// The retries that a client may still make.
pub(super) struct Budget(AtomicU32);

impl Budget {
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(SAVED))
    }

    /// Pays in for a call.
    pub(super) fn pay(&self) {
        let saved = |left: u32| Some((left + PAID).min(SAVED));
        // Nothing else is read because of it.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, saved);
    }

    /// Takes out for a retry; `false` where nothing is left.
    pub(super) fn take(&self) -> bool {
        let take = |left: u32| left.checked_sub(COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }
}

/// Returns the wait before a retry: any time up to an end that doubles (full jitter), so that those who failed together do not come
/// back together; or what the service asks for.
pub(super) fn wait(retry: u32, asked: Option<Duration>) -> Duration {
    let end = FIRST.saturating_mul(1 << retry.min(8)).min(LONGEST);
    let jitter = end.mul_f64(random());
    asked.map_or(jitter, |asked| asked.saturating_add(jitter))
}

/// Returns a number from 0 to 1.
fn random() -> f64 {
    let mut bytes = [0; 4];
    match aws_lc_rs::rand::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        // Without randomness it waits as long as it may.
        Err(_) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_any_time_up_to_an_end_that_doubles() {
        for (retry, end) in [(0, 100), (1, 200), (2, 400), (9, 2000), (u32::MAX, 2000)] {
            let waits: Vec<_> = (0..100).map(|_| wait(retry, None)).collect();
            assert!(waits.iter().all(|wait| *wait <= Duration::from_millis(end)), "{retry}");
            assert!(waits.iter().any(|wait| *wait != waits[0]), "{retry}");
        }
        assert!(wait(0, Some(Duration::from_secs(3))) >= Duration::from_secs(3));
    }

    #[test]
    fn retries_are_a_tenth_of_all_calls() {
        let budget = Budget::new();
        assert_eq!((0..20).filter(|_| budget.take()).count(), 10);
        (0..20).for_each(|_| budget.pay());
        assert_eq!((0..20).filter(|_| budget.take()).count(), 2);
    }
}

//! Rate limits as constants, and their enforcement by GCRA.
//!
//! A [`Limit`] is plain data that a `const` can hold and two routes can share by name; buckets are made from
//! it per operation when an app is built.

mod bucket;
mod by_role;
mod enforce;
mod headers;
mod key;
#[cfg(test)]
mod tests;
mod uncounted;
mod unwindowed;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::reason::is_sentence;

pub use self::{
    by_role::{LimitArms, LimitUse},
    enforce::LimitSet,
    headers::{Quota, RATE_LIMIT, RATE_LIMIT_POLICY},
    key::LimitKey,
    uncounted::{Counted, Stated},
    unwindowed::Windowed,
};

/// A rate limit: a count of requests per time, and the unit that is counted.
///
/// A limit is `count` requests per `window`, refilled evenly (GCRA), with at most `burst` at once. Without
/// [`burst`](Self::burst) the whole count may come at once. In any one window there are at most `count + burst - 1`: those at
/// once, and those that refill meanwhile.
///
/// ```
/// use secure_api::prelude::*;
///
/// const BROWSE: Limit = Limit::per_principal(600).per_minute();
/// const ORDER: Limit = Limit::per_principal(30).per_minute().burst(10);
/// const LOGIN: Limit = Limit::per_address(5).per_minute();
/// # assert_eq!(ORDER.allowed(), 10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    unit: Unit,
    count: u32,
    window: Duration,
    burst: u32,
    reason: Option<&'static str>,
}

/// The unit whose requests are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A client address: an IPv4 address, or the /64 of an IPv6 one.
    Address,
    /// A caller, by issuer and subject; on a public route without a caller, the address.
    Principal,
    /// Nobody's: there is no limit.
    Unlimited,
}

/// A limit that has been given a count and still needs its window: `per_second`, `per_minute`, …
#[derive(Debug, Clone, Copy)]
#[must_use = "a limit needs a window: `.per_second()`, `.per_minute()`, `.per_hour()`, `.per_day()` or `.per(Duration)`"]
pub struct LimitWithoutWindow {
    unit: Unit,
    count: u32,
}

impl Limit {
    /// Begins a limit of so many requests per principal. Panics on 0, which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_principal(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Principal, count)
    }

    /// Begins a limit of so many requests per address. Panics on 0, which a constant turns into a compile error.
    #[track_caller]
    pub const fn per_address(count: u32) -> LimitWithoutWindow {
        LimitWithoutWindow::new(Unit::Address, count)
    }

    /// The absence of a limit, without its reason.
    const NOTHING: Self =
        Self { unit: Unit::Unlimited, count: 0, window: Duration::ZERO, burst: 0, reason: None };

    /// Creates the absence of a limit, with its reason. It is listed in the inventory with its reason.
    #[track_caller]
    pub const fn unlimited(reason: &'static str) -> <Self as Stated>::Limit {
        assert!(
            is_sentence(reason),
            "SA302: an operation without a limit needs a reason in words\n  help: write a sentence for the one who reviews it, of \
             three words or more: `Limit::unlimited(\"…\")`"
        );
        Self { reason: Some(reason), ..Self::NOTHING }
    }

    /// Allows at most so many at once, instead of the whole count. Panics on 0 and above the count.
    #[must_use]
    #[track_caller]
    pub const fn burst(mut self, burst: u32) -> Self {
        assert!(
            burst > 0,
            "SA303: there is no such limit: its burst is 0\n  help: write a count, a window and a burst above 0, the \
             burst not above the count"
        );
        assert!(
            burst <= self.count,
            "SA303: there is no such limit: its burst is above its count\n  help: write a count, a window and a burst above 0, the \
             burst not above the count, or remove `.burst(…)`"
        );
        self.burst = burst;
        self
    }

    /// Returns the unit whose requests are counted together.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// Requests per window.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Returns the window that the count is for.
    pub const fn window(&self) -> Duration {
        self.window
    }

    /// Returns the number of requests that may come at once.
    pub const fn allowed(&self) -> u32 {
        self.burst
    }

    /// Returns `true` if this limit is stricter than another: fewer requests over time, and no more at once. What is
    /// counted per address and what is counted per principal are compared as if each caller had one address.
    ///
    /// ```
    /// use secure_api::limit::Limit;
    /// const API: Limit = Limit::per_principal(600).per_minute();
    /// assert!(Limit::per_address(5).per_minute().is_stricter_than(&API));
    /// // Slower in the long run, and still a thousand guesses at once.
    /// assert!(!Limit::per_address(1000).per_day().is_stricter_than(&API));
    /// ```
    pub const fn is_stricter_than(&self, other: &Self) -> bool {
        match (self.unit, other.unit) {
            (Unit::Unlimited, _) => false,
            (_, Unit::Unlimited) => true,
            _ => {
                // A window has less than 2^94 nanoseconds and a count less than 2^32.
                let own = self.count as u128 * other.window.as_nanos();
                own < other.count as u128 * self.window.as_nanos() && self.burst <= other.burst
            }
        }
    }

    /// Returns the reason for having no limit, if there is none.
    pub const fn reason(&self) -> Option<&'static str> {
        self.reason
    }
}

impl LimitWithoutWindow {
    #[track_caller]
    const fn new(unit: Unit, count: u32) -> Self {
        assert!(
            count > 0,
            "SA303: there is no such limit: its count is 0\n  help: write a count, a window and a burst above 0, the \
             burst not above the count"
        );
        Self { unit, count }
    }

    /// Counts per second.
    pub const fn per_second(self) -> Limit {
        self.per(Duration::from_secs(1))
    }

    /// Counts per minute.
    pub const fn per_minute(self) -> Limit {
        self.per(Duration::from_secs(60))
    }

    /// Counts per hour.
    pub const fn per_hour(self) -> Limit {
        self.per(Duration::from_secs(3600))
    }

    /// Counts per day of 24 hours.
    pub const fn per_day(self) -> Limit {
        self.per(Duration::from_secs(86_400))
    }

    /// Counts per window of this length. Panics on a window of zero.
    #[track_caller]
    pub const fn per(self, window: Duration) -> Limit {
        assert!(
            !window.is_zero(),
            "SA303: there is no such limit: its window is nothing\n  help: write a count, a window and a burst above 0, the \
             burst not above the count"
        );
        Limit { unit: self.unit, count: self.count, window, burst: self.count, reason: None }
    }
}

//! The clock of an app: the machine's, or one that a test moves.
//!
//! Everything that depends on time (token expiry, limits, sunset) asks this one, so that a test can
//! move a whole app into another year.

pub(crate) mod rfc3339;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use jiff::Timestamp;

/// The time, as every part of an app reads it. A handler takes it as an argument, `clock: Clock`: it is the app's, so a
/// test that moves it moves tokens, limits and versions too.
///
/// ```
/// use secure_api::prelude::*;
///
/// let clock = Clock::manual(1_780_272_000);
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.unix_seconds(), 1_780_272_060);
/// ```
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// The start pins wall time to a monotonic instant for everything measured in between.
    System(Instant),
    /// Milliseconds since 1970, moved by hand.
    Manual(Arc<AtomicI64>),
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl Clock {
    /// Creates the machine's clock.
    pub fn system() -> Self {
        Self(Source::System(Instant::now()))
    }

    /// Creates a clock that stands at `unix_seconds` until it is moved. Clones share the hands.
    pub fn manual(unix_seconds: i64) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(unix_seconds.saturating_mul(1000)))))
    }

    /// Returns `true` if the clock is moved by hand.
    pub fn is_manual(&self) -> bool {
        matches!(self.0, Source::Manual(_))
    }

    /// Moves a manual clock forward; the machine's clock is nobody's to move, so there it does nothing.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(millis) = &self.0 {
            let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            millis.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// Returns the instant, as inputs and views have it.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// assert_eq!(Clock::manual(1_780_272_000).now().to_string(), "2026-06-01T00:00:00Z");
    /// ```
    pub fn now(&self) -> Timestamp {
        // Beyond the year 9999 there is no such time.
        Timestamp::from_second(self.unix_seconds()).unwrap_or(Timestamp::MAX)
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(&self) -> i64 {
        match &self.0 {
            Source::System(_) => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX)),
            Source::Manual(millis) => millis.load(Ordering::SeqCst).div_euclid(1000),
        }
    }

    /// Returns the microseconds since 1970-01-01T00:00:00Z.
    pub(crate) fn unix_micros(&self) -> u64 {
        match &self.0 {
            Source::System(_) => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| u64::try_from(since.as_micros()).unwrap_or(u64::MAX)),
            Source::Manual(millis) => {
                u64::try_from(millis.load(Ordering::SeqCst)).unwrap_or(0).saturating_mul(1000)
            }
        }
    }

    /// Returns the nanoseconds that have passed on a monotonic scale of its own, for measuring how long.
    pub fn monotonic_nanos(&self) -> u64 {
        match &self.0 {
            Source::System(start) => u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX),
            Source::Manual(millis) => {
                u64::try_from(millis.load(Ordering::SeqCst)).unwrap_or(0).saturating_mul(1_000_000)
            }
        }
    }
}

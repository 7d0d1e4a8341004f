//! Times as a test writes them.

use std::time::Duration;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::clock::Clock;

/// Returns a clock that stands at the beginning of a day (`2026-09-21`), or at a second (`2026-09-21T13:00:00Z`), until
/// it is moved. For [`AppBuilder::clock`](crate::app::AppBuilder::clock): a test of what has a date should not depend
/// on today's.
///
/// # Panics
///
/// If that is no time.
///
/// ```
/// use secure_api::testing;
///
/// assert_eq!(testing::at("2026-09-21").unix_seconds(), 1_789_948_800);
/// assert_eq!(testing::at("2026-09-21T00:00:01Z").unix_seconds(), 1_789_948_801);
/// ```
#[track_caller]
pub fn at(time: &str) -> Clock {
    Clock::manual(moment(time))
}

/// Returns the seconds since 1970.
#[track_caller]
pub(super) fn moment(text: &str) -> i64 {
    let second = text.parse::<Timestamp>().ok();
    let day = || {
        let midnight = text.parse::<Date>().ok()?.at(0, 0, 0, 0);
        TimeZone::UTC.to_timestamp(midnight).ok()
    };
    match second.or_else(day) {
        Some(time) => time.as_second(),
        None => panic!("{text:?} is no time: write `2027-01-01` or `2027-01-01T12:00:00Z`"),
    }
}

#[track_caller]
pub(super) fn advance_to(clock: &Clock, to: i64) {
    let Ok(by) = u64::try_from(to.saturating_sub(clock.unix_seconds())) else {
        panic!("that time has passed, and the clock is not turned back")
    };
    clock.advance(Duration::from_secs(by));
}

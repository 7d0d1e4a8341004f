//! Windows: the time that a count is for.

use std::time::Duration;

use super::{Limit, Unit};

/// A limit that has been given a count and still needs its window: `per_second`, `per_minute`, …
#[derive(Debug, Clone, Copy)]
#[must_use = "a limit needs a window: `.per_second()`, `.per_minute()`, `.per_hour()`, `.per_day()`, `.per(Duration)` or `.at_once()`"]
pub struct LimitWithoutWindow {
    pub(super) unit: Unit,
    pub(super) field: &'static str,
    pub(super) count: u32,
}

impl LimitWithoutWindow {
    #[track_caller]
    pub(super) const fn new(unit: Unit, count: u32) -> Self {
        assert!(
            count > 0,
            "SA303: there is no such limit: its count is 0\n  help: write a count, a window and a burst above 0, the \
             burst not above the count"
        );
        Self { unit, field: "", count }
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
        let Self { unit, field, count } = self;
        Limit { unit, field, count, window, ..Limit::NOTHING }
    }

    /// Counts the requests that are under way at one time. A place comes back when its request is answered, or its caller hangs
    /// up; of a machine that died, when no request of the route can last any longer.
    pub const fn at_once(self) -> Limit {
        let Self { unit, field, count } = self;
        Limit { unit, field, count, ..Limit::NOTHING }
    }
}

//! A range of numbers, whole or with a fraction.

use std::fmt;

/// One end of a range, as a whole number and as one with a fraction.
#[derive(Debug, Clone, Copy)]
pub struct RangeEnd {
    pub(in crate::input) whole: i128,
    pub(in crate::input) float: f64,
}

impl RangeEnd {
    /// Creates the end from the same value in both forms. A fraction is cut from the first.
    pub const fn new(whole: i128, float: f64) -> Self {
        Self { whole, float }
    }

    pub(crate) const fn is_negative(self) -> bool {
        self.float < 0.0
    }
}

/// Displays the end as it was written: all digits of a whole number, the fewest that name a fraction.
impl fmt::Display for RangeEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.whole as f64 == self.float {
            fmt::Display::fmt(&self.whole, f)
        } else {
            fmt::Display::fmt(&self.float, f)
        }
    }
}

/// A range of numbers.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub(in crate::input) low: RangeEnd,
    pub(in crate::input) high: RangeEnd,
    /// `true` if the maximum is inclusive.
    pub(in crate::input) closed: bool,
}

impl Range {
    /// Creates the range `low..high`, or `low..=high` where it is closed.
    pub const fn new(low: RangeEnd, high: RangeEnd, closed: bool) -> Self {
        Self { low, high, closed }
    }

    /// Returns the greatest whole number in it.
    pub(in crate::input) const fn highest(&self) -> i128 {
        if self.closed { self.high.whole } else { self.high.whole.saturating_sub(1) }
    }
}

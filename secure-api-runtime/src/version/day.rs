//! A calendar day: of a deprecation, of a sunset.

use std::fmt;

use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::clock::Clock;

/// A calendar day; it begins at midnight UTC. In JSON it is a text, as `2026-06-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: i16,
    month: i8,
    day: i8,
}

impl Day {
    /// Creates a day. Panics on one that does not exist, which a constant turns into a compile error.
    pub const fn new(year: i16, month: i8, day: i8) -> Self {
        // Panics on what is no day.
        civil::date(year, month, day);
        Self { year, month, day }
    }

    /// Returns `true` for a day before the other one. As `<`, for constants.
    pub(crate) const fn is_before(self, other: Self) -> bool {
        if self.year != other.year {
            self.year < other.year
        } else if self.month != other.month {
            self.month < other.month
        } else {
            self.day < other.day
        }
    }

    /// Returns the day that a clock shows.
    pub fn at(clock: &Clock) -> Self {
        let now = Timestamp::from_second(clock.unix_seconds()).unwrap_or_default();
        let date = TimeZone::UTC.to_datetime(now).date();
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    fn date(self) -> civil::Date {
        civil::date(self.year, self.month, self.day)
    }

    /// Returns its beginning, in seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        // A civil day between years -9999 and 9999 always has a midnight in UTC.
        TimeZone::UTC
            .to_timestamp(self.date().at(0, 0, 0, 0))
            .map_or(i64::MAX, |midnight| midnight.as_second())
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let date: civil::Date = text.parse()?;
        Ok(Self { year: date.year(), month: date.month(), day: date.day() })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

//! Brownouts: short outages of what is deprecated, announced, so that whoever still calls notices before the sunset.

use std::fmt;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::Day;
use crate::clock::rfc3339;

/// A short outage of a deprecated operation or version, announced by its declaration. In JSON it has `from` and `until`, each as
/// `2026-12-01T10:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Told", into = "Told")]
pub struct Brownout {
    from: i64,
    until: i64,
}

/// The form of JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    from: String,
    until: String,
}

impl Brownout {
    /// Creates the outage that begins in this second since 1970, in UTC, and lasts for so many. The macros have held both against
    /// the days of deprecation and sunset.
    pub const fn new(from: i64, seconds: u32) -> Self {
        Self { from, until: from + seconds as i64 }
    }

    /// Returns the second since 1970 in which it begins.
    pub const fn from(&self) -> i64 {
        self.from
    }

    /// Returns the second since 1970 in which it is over.
    pub const fn until(&self) -> i64 {
        self.until
    }

    /// Returns the outages that remain until a sunset, each as long as it is together with those that it touches, in the order of
    /// time.
    pub(crate) fn joined(own: &[Self], of_version: &[Self], sunset: Option<Day>) -> Vec<Self> {
        let mut all = [own, of_version].concat();
        all.retain(|one| sunset.is_none_or(|day| one.from < day.unix_seconds()));
        all.sort();
        let mut joined: Vec<Self> = Vec::new();
        for one in all {
            match joined.last_mut().filter(|before| one.from <= before.until) {
                Some(before) => before.until = before.until.max(one.until),
                None => joined.push(one),
            }
        }
        joined
    }

    /// Returns the seconds until the end of the outage that there is now, if there is one.
    pub(crate) fn left(all: &[Self], now: i64) -> Option<u64> {
        let outage = all.iter().find(|one| one.from <= now && now < one.until)?;
        u64::try_from(outage.until - now).ok()
    }

    /// Returns the list in words, in the order of time.
    pub(crate) fn listed(all: &[Self]) -> String {
        all.iter().map(Self::to_string).collect::<Vec<_>>().join(", ")
    }
}

impl From<Brownout> for Told {
    fn from(Brownout { from, until }: Brownout) -> Self {
        Self { from: rfc3339::text(from), until: rfc3339::text(until) }
    }
}

impl TryFrom<Told> for Brownout {
    type Error = jiff::Error;

    fn try_from(Told { from, until }: Told) -> Result<Self, Self::Error> {
        Ok(Self { from: rfc3339::seconds(&from)?, until: rfc3339::seconds(&until)? })
    }
}

impl fmt::Display for Brownout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at =
            |second| TimeZone::UTC.to_datetime(Timestamp::from_second(second).unwrap_or_default());
        let (from, until) = (at(self.from), at(self.until));
        write!(f, "{} {:02}:{:02} to ", from.date(), from.hour(), from.minute())?;
        if until.date() != from.date() {
            write!(f, "{} ", until.date())?;
        }
        write!(f, "{:02}:{:02} UTC", until.hour(), until.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-12-01T10:00:00Z.
    const TEN: i64 = 1_796_119_200;

    #[test]
    fn an_outage_is_told_in_words_and_in_json() {
        let short = Brownout::new(TEN, 1800);
        assert_eq!(short.to_string(), "2026-12-01 10:00 to 10:30 UTC");
        let night = Brownout::new(TEN, 86_400);
        assert_eq!(night.to_string(), "2026-12-01 10:00 to 2026-12-02 10:00 UTC");
        let text = serde_json::to_string(&short).expect("it is written");
        assert_eq!(text, r#"{"from":"2026-12-01T10:00:00Z","until":"2026-12-01T10:30:00Z"}"#);
        assert_eq!(serde_json::from_str::<Brownout>(&text).expect("it is read"), short);
        for text in
            [r#"{"from":"2026-12-01","until":"2026-12-02"}"#, r#"{"from":"2026-12-01T10:00:00Z"}"#]
        {
            assert!(serde_json::from_str::<Brownout>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn those_that_touch_are_one_and_none_is_after_the_sunset() {
        let minutes = |from: i64, length: u32| Brownout::new(TEN + from * 60, length * 60);
        let own = [minutes(0, 30), minutes(120, 60)];
        let of_version = [minutes(30, 10), minutes(130, 10), minutes(24 * 60, 30)];
        let joined = Brownout::joined(&own, &of_version, Some(Day::new(2026, 12, 2)));
        assert_eq!(joined, [minutes(0, 40), minutes(120, 60)]);
        assert_eq!(Brownout::joined(&own, &of_version, None).len(), 3);
        let left = |second| Brownout::left(&joined, TEN + second);
        assert_eq!((left(-1), left(0), left(2399), left(2400)), (None, Some(2400), Some(1), None));
    }
}

//! Charges: what a request takes of its limits, in the words of a ledger.

use std::time::Duration;

use super::Name;

/// A charge of one caller to one limit.
///
/// It is plain data: a ledger learns how much may pass and under which name it is counted, and neither who that is nor for
/// what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// The name of the limit. All of its cells have the same room.
    pub limit: Name,
    /// The name of the cell: the limit and the caller.
    pub name: Name,
    /// The name that cells share which have to be in one place. A store of several machines puts them on one, as Redis does
    /// with a hash tag.
    pub slot: Name,
    /// The bound that holds.
    pub bound: Bound,
    /// The number of requests that this one counts for; 1 unless a route states a weight.
    pub weight: u32,
}

/// The bound of a limit: how much of it passes, and when it comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// No window of this length, wherever it begins, has more than the count.
    ///
    /// It is kept as a log of at most [`ENTRIES`](Self::ENTRIES) entries, each the number and the last time of a sixteenth of the
    /// count, rounded up: exact up to a count of 16, and above it too strict by a sixteenth at most. An entry ends a window after
    /// its time.
    Window {
        /// Requests per window.
        count: u32,
        /// The length of a window.
        window: Duration,
    },
    /// One request per interval, and so many at once (GCRA). In a window of n intervals there are n + burst − 1 at most.
    Spaced {
        /// The interval in which one request comes back.
        interval: Duration,
        /// Requests at once.
        burst: u32,
    },
    /// Requests at one time. Each holds its place until it is given back, or until its lease ends.
    AtOnce {
        /// Requests at one time.
        count: u32,
        /// The time after which a place comes back by itself, because whoever had it is gone.
        lease: Duration,
    },
}

impl Charge {
    /// Returns `true` if it takes a place among requests at one time.
    pub(crate) fn is_of_place(&self) -> bool {
        matches!(self.bound, Bound::AtOnce { .. })
    }
}

impl Bound {
    /// The most entries of a log.
    pub const ENTRIES: usize = 16;
}

/// The outcome of charges that were measured together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charged {
    /// `true` if each of them had room and was charged; `false` if none was.
    pub admitted: bool,
    /// The time of the charge by the ledger's own clock, in a unit of its own. It comes back with a refund.
    pub at: u64,
    /// The rest of each, in the order of the charges.
    pub left: Vec<Measured>,
}

/// The rest of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The requests that would pass now.
    pub remaining: u32,
    /// The time after which more would.
    pub reset: Duration,
    /// The time after which this one would; zero if it had room.
    pub wait: Duration,
}

/// Points that are added to a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Points {
    /// The name of the score.
    pub name: Name,
    /// The name that scores share which have to be in one place.
    pub slot: Name,
    /// The points; 0 to ask only.
    pub points: f64,
    /// The time in which a score loses half of its points.
    pub half_life: Duration,
}

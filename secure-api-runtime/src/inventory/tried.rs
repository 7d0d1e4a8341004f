//! The limits of an app, tried against an access log: as data, and as a text.

use serde::{Deserialize, Serialize};

use super::LimitModel;

/// The limits of an app, tried against an access log: whom they would have refused, and how often callers really call. Its
/// text is a table for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TriedLimits {
    /// The API's name.
    pub api: String,
    /// The lines of the log.
    pub lines: u64,
    /// The lines that are no request: of another format, too long, no text.
    pub unread: u64,
    /// The requests that came more than a minute after later ones, and are left out. Of a log that is sorted there are none.
    pub late: u64,
    /// The requests that were tried.
    pub requests: u64,
    /// The number of them that no operation answers. They count for the limit of an address over the whole app.
    pub unanswered: u64,
    /// The number of them that name no user: a limit per principal counts their address.
    pub without_user: u64,
    /// The time of the earliest of them, in seconds since 1970; in JSON a text, as `2026-06-01T00:00:00Z`.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub from: Option<i64>,
    /// The time of the latest of them, the same way.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub until: Option<i64>,
    /// The callers: users, and of requests without one their addresses, by their /64 where they are IPv6.
    pub callers: u64,
    /// The requests that a limit would have refused.
    pub refused: u64,
    /// The callers whom a limit would have refused a request.
    pub refused_callers: u64,
    /// The limits that were tried, in the order of their operations, the app's first.
    pub policies: Vec<TriedPolicy>,
    /// The policies that a log cannot try: those of requests at one time, and those that read an input.
    pub untried: Vec<String>,
    /// The operations with limits by role that were called. A log tells no roles, so those of the last arm were tried.
    pub by_role: Vec<String>,
    /// The callers who would have been refused most, ten at most.
    pub most_refused: Vec<RefusedCaller>,
}

/// One limit that was tried.
///
/// The busiest window of a caller is the one in which it asked most, wherever it begins. In half of the callers' busiest windows
/// there are no more requests than `p50`; so a count of `p99` would refuse one in a hundred. A request with a weight counts for
/// so many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TriedPolicy {
    /// The operation that it is a limit of; `app` for the app's own.
    pub operation: String,
    /// Its name in `RateLimit-Policy`.
    pub policy: String,
    /// The limit, as it would hold.
    pub limit: LimitModel,
    /// The requests that it counts.
    pub requests: u64,
    /// The callers who sent them, as its unit counts them.
    pub callers: u64,
    /// The median of the busiest windows.
    pub p50: u64,
    /// The busiest window of nine callers in ten, at most.
    pub p90: u64,
    /// The busiest window of 99 callers in a hundred, at most.
    pub p99: u64,
    /// The busiest window of all.
    pub most: u64,
    /// The requests that it would have refused; for one that is only observed too.
    pub refused: u64,
    /// The callers who sent those.
    pub refused_callers: u64,
}

/// A caller who would have been refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCaller {
    /// The user, the address or the /64, as the log has it.
    pub caller: String,
    /// Its requests.
    pub requests: u64,
    /// The number of them that would have been refused.
    pub refused: u64,
}

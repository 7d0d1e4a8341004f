//! The traffic of an app as it was seen, as plain data.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::room::PATHS;
use crate::inventory::UndeclaredPath;

/// The traffic that an app has seen. Times are seconds since 1970; in JSON texts, as
/// `2026-06-01T00:00:00Z`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveInventory {
    /// The time from which it watches.
    #[serde(with = "crate::clock::rfc3339")]
    pub since: i64,
    /// The operations, each in each of its versions.
    pub operations: Vec<LiveOperation>,
    /// The paths that nothing answers, with numbers and the like taken out.
    pub unmatched: Vec<UndeclaredPath>,
    /// The operations that were closed before their sunset.
    #[serde(default)]
    pub closed: Vec<ClosedOperation>,
    /// The last operations that were closed and opened by hand, or opened by the configuration, the oldest first.
    #[serde(default)]
    pub acts: Vec<ClosingAct>,
}

/// The calls of one operation in one version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveOperation {
    /// The handler's name.
    pub operation: String,
    /// The path segment of the version.
    pub version: String,
    /// The time from which it is watched; none in what was kept before that was noted.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub since: Option<i64>,
    /// The time from which it is deprecated.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub deprecated: Option<i64>,
    /// The time from which it answers 410.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub sunset: Option<i64>,
    /// The time of the first call while it was deprecated.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub zombie_since: Option<i64>,
    /// The time at which it was found that nobody calls it, until somebody does.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub orphan_since: Option<i64>,
    /// The number of its calls.
    pub calls: u64,
    /// The requests that were refused, by the type of the problem, also those of strangers.
    pub refused: BTreeMap<String, u64>,
    /// The requests that were refused before anybody knew whose they are, as those without a token. They are no calls: whoever has
    /// the address can send them.
    #[serde(default)]
    pub strangers: u64,
    /// The time of its first call.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub first: Option<i64>,
    /// The time of its last call.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub last: Option<i64>,
    /// The time of the last call that failed on the server's side; none in what was kept before that was noted.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub failed: Option<i64>,
    /// The clients that call it: of many, those who came first.
    pub clients: Vec<LiveClient>,
    /// The calls of all other clients.
    pub others: u64,
}

/// One client of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveClient {
    /// The keyed hash of the caller, or of its address. The app's secret makes it: nobody finds a caller by it, and one caller has
    /// the same one everywhere.
    pub client: String,
    /// The number of its calls.
    pub calls: u64,
    /// The time of its first call.
    #[serde(with = "crate::clock::rfc3339")]
    pub first: i64,
    /// The time of its last call.
    #[serde(with = "crate::clock::rfc3339")]
    pub last: i64,
}

/// An operation that was closed before its sunset, without a new build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedOperation {
    /// The handler's name.
    pub operation: String,
    /// The reason stated.
    pub reason: String,
    /// The one who closed it: `the configuration`, or whoever did by the console.
    pub by: String,
    /// The time from which it answers 410.
    #[serde(with = "crate::clock::rfc3339")]
    pub since: i64,
}

/// The closing of an operation, or the opening of one that was closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingAct {
    /// The handler's name.
    pub operation: String,
    /// `true` if it was opened again.
    pub opened: bool,
    /// The reason stated.
    pub reason: String,
    /// The one who did it, as [`ClosedOperation::by`].
    pub by: String,
    /// The time at which it was done.
    #[serde(with = "crate::clock::rfc3339")]
    pub at: i64,
}

impl LiveInventory {
    /// Returns the zombies: what is deprecated or past its sunset, and is called all the same.
    pub fn zombies(&self) -> impl Iterator<Item = &LiveOperation> {
        self.operations.iter().filter(|operation| operation.zombie_since.is_some())
    }

    /// Returns the orphans: what is documented, and was not called for so many days. None before it was watched for that long.
    pub fn orphans(&self, now: i64, days: u32) -> impl Iterator<Item = &LiveOperation> {
        let from = now.saturating_sub(i64::from(days) * 86_400);
        let unseen = move |operation: &&LiveOperation| {
            // One that came with a newer build was not there to be called before.
            let since = operation.since.map_or(self.since, |since| since.max(self.since));
            since <= from && operation.last.is_none_or(|last| last < from)
        };
        self.operations.iter().filter(unseen)
    }

    /// Returns `true` if no path that nothing answers had to give way to another one.
    pub fn lists_all_unmatched(&self) -> bool {
        self.unmatched.len() < PATHS
    }

    /// Returns the shadows: what nothing answers, and two clients at least ask for. What scanners look for everywhere is none.
    pub fn shadows(&self) -> impl Iterator<Item = &UndeclaredPath> {
        self.unmatched.iter().filter(|path| path.is_shadow())
    }
}

impl LiveOperation {
    /// Returns the number of its calls that were refused.
    pub(crate) fn refused_calls(&self) -> u64 {
        let all = self.refused.values().fold(0, |sum: u64, count| sum.saturating_add(*count));
        all.saturating_sub(self.strangers)
    }
}

impl fmt::Display for LiveInventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for zombie in self.zombies() {
            let LiveOperation { operation, version, calls, .. } = zombie;
            writeln!(f, "zombie  {operation} in {version}: {calls} calls")?;
            for client in &zombie.clients {
                let share = u128::from(client.calls) * 100 / u128::from((*calls).max(1));
                writeln!(f, "        {}  {} calls, {share} %", client.client, client.calls)?;
            }
        }
        for LiveOperation { operation, version, .. } in
            self.operations.iter().filter(|operation| operation.orphan_since.is_some())
        {
            writeln!(f, "orphan  {operation} in {version}")?;
        }
        for UndeclaredPath { method, path, calls, .. } in self.shadows() {
            writeln!(f, "shadow  {method} {path}: {calls} requests")?;
        }
        for ClosedOperation { operation, reason, .. } in &self.closed {
            writeln!(f, "closed  {operation}: {reason}")?;
        }
        Ok(())
    }
}

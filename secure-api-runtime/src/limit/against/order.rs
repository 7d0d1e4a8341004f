//! Lines in the order of their times: a server writes a request when it is over, so a long one comes late.

use std::collections::BTreeMap;

/// The time for which a line waits for others that are earlier, in nanoseconds: longer than most requests last.
const SLACK: u64 = 60_000_000_000;

/// Entries of a log that are put in order.
pub(crate) struct InOrder<T> {
    /// The entries by time, and those of one time as they came.
    waiting: BTreeMap<(u64, u64), T>,
    newest: u64,
    came: u64,
    late: u64,
}

impl<T> InOrder<T> {
    pub(crate) fn new() -> Self {
        Self { waiting: BTreeMap::new(), newest: 0, came: 0, late: 0 }
    }

    /// Adds an entry. One that is later than it may be is left out and counted: at any time but its own it would meet a limit
    /// that it did not meet.
    pub(crate) fn add(&mut self, at: u64, entry: T) {
        if at.saturating_add(SLACK) < self.newest {
            self.late += 1;
            return;
        }
        self.newest = self.newest.max(at);
        self.waiting.insert((at, self.came), entry);
        self.came += 1;
    }

    /// Takes the earliest entry out, once nothing can come before it; at the end of a log, in any case.
    pub(crate) fn take(&mut self, is_end: bool) -> Option<(u64, T)> {
        let first = self.waiting.first_entry()?;
        let (at, _) = *first.key();
        let is_due = is_end || at.saturating_add(SLACK) < self.newest;
        is_due.then(|| (at, first.remove()))
    }

    /// Returns the number of entries that were left out.
    pub(crate) fn late(&self) -> u64 {
        self.late
    }
}

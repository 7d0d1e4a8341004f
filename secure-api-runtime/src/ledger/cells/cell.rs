//! One cell: what one caller has spent of one limit, and the arithmetic of each bound.
//!
//! Times are nanoseconds of a clock that never goes back.

use smallvec::SmallVec;

use super::{Left, gcra::gcra, nanos};
use crate::ledger::Bound;

/// The spending of one caller in one limit.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// The log of a window, or the places that are held: times grow.
    Log(Log),
    /// The theoretical arrival time of GCRA: when all has come back.
    Spaced(u64),
}

/// Numbers of requests with a time each.
type Log = SmallVec<[Entry; 1]>;

/// Some requests and a time of theirs: the last one's of a window, the end of a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    time: u64,
    count: u32,
}

impl Cell {
    /// Measures a request of this weight: what is left if it is charged, or of what refuses it.
    pub(super) fn measure(cell: Option<&Self>, bound: Bound, weight: u32, now: u64) -> Left {
        match bound {
            Bound::Window { count, window } => {
                let window = nanos(window);
                let log = live(cell, window, now);
                // They are in the order of their times, so that the first ends first.
                let spent: u32 = log.iter().map(|entry| entry.count).sum();
                match count.checked_sub(spent).and_then(|free| free.checked_sub(weight)) {
                    Some(remaining) => {
                        let end = log.first().map_or(window, |first| first.time + window - now);
                        Left { remaining, reset: end, wait: 0 }
                    }
                    None => measure(log, (count, weight), window, (window, now)),
                }
            }
            Bound::AtOnce { count, lease } => {
                measure(live(cell, 0, now), (count, weight), 0, (nanos(lease), now))
            }
            Bound::Spaced { interval, burst } => gcra(spaced(cell), interval, burst, weight, now).1,
        }
    }

    /// Creates the cell of a caller who has spent nothing.
    pub(super) fn new(bound: Bound) -> Self {
        match bound {
            Bound::Window { .. } | Bound::AtOnce { .. } => Self::Log(Log::new()),
            Bound::Spaced { .. } => Self::Spaced(0),
        }
    }

    /// Charges a request that had room. Returns the time at which nothing of the cell is left.
    pub(super) fn charge(&mut self, bound: Bound, weight: u32, now: u64) -> u64 {
        match (&mut *self, bound) {
            (Self::Log(log), Bound::Window { count, window }) => {
                let window = nanos(window);
                let ended = log.len() - live_of(log, window, now).len();
                if ended > 0 {
                    log.drain(..ended);
                }
                enter(log, count.div_ceil(Bound::ENTRIES as u32), weight, now);
                log.last().map_or(now, |last| last.time).saturating_add(window)
            }
            (Self::Log(log), Bound::AtOnce { lease, .. }) => {
                let end = now.saturating_add(nanos(lease));
                log.retain(|entry| entry.time > now);
                log.push(Entry { time: end, count: weight });
                log.iter().map(|entry| entry.time).max().unwrap_or(end)
            }
            (Self::Spaced(tat), Bound::Spaced { interval, burst }) => {
                *tat = gcra(Some(*tat), interval, burst, weight, now).0.unwrap_or(now);
                *tat
            }
            // Another bound of the same name: what was spent of that one is no measure of this one.
            (cell, bound) => {
                *cell = Self::new(bound);
                cell.charge(bound, weight, now)
            }
        }
    }

    /// Gives back what was charged at a time. Never more than that becomes free: where it is not known any more which entry has
    /// it, the one that ends first does.
    pub(super) fn refund(&mut self, bound: Bound, weight: u32, (at, now): (u64, u64)) {
        match (self, bound) {
            (Self::Log(log), Bound::Window { window, .. }) => {
                // Once it has come back by itself, what is charged is somebody else's.
                let mut left = if at.saturating_add(nanos(window)) > now { weight } else { 0 };
                let entries = log.iter_mut().filter(|entry| entry.time >= at);
                for entry in entries {
                    let taken = left.min(entry.count);
                    entry.count -= taken;
                    left -= taken;
                }
                log.retain(|entry| entry.count > 0);
            }
            (Self::Log(log), Bound::AtOnce { lease, .. }) => {
                let held = Entry { time: at.saturating_add(nanos(lease)), count: weight };
                if let Some(place) = log.iter().position(|entry| *entry == held) {
                    log.remove(place);
                }
            }
            (Self::Spaced(tat), Bound::Spaced { interval, .. }) => {
                // Once it has come back by itself, what is charged is somebody else's.
                let back = nanos(interval).saturating_mul(u64::from(weight));
                if at.saturating_add(back) > now {
                    *tat = tat.saturating_sub(back);
                }
            }
            // Another bound of the same name: nothing that it charged is here.
            _ => {}
        }
    }

    /// Returns `true` if nothing is charged any more.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Log(log) if log.is_empty())
    }
}

/// Returns the bytes that a cell of this bound may come to have beside its place in the map.
pub(super) fn heap(bound: Bound) -> usize {
    match bound {
        Bound::Window { count: 1, .. } | Bound::AtOnce { count: 1, .. } | Bound::Spaced { .. } => 0,
        Bound::Window { count, .. } => {
            (count as usize).min(Bound::ENTRIES).next_power_of_two() * size_of::<Entry>()
        }
        Bound::AtOnce { count, .. } => {
            (count as usize).next_power_of_two().saturating_mul(size_of::<Entry>())
        }
    }
}

/// Returns the entries of a log that count at a time: those whose time and what is added to it lie behind it.
fn live(cell: Option<&Cell>, length: u64, now: u64) -> &[Entry] {
    match cell {
        Some(Cell::Log(log)) if length > 0 => live_of(log, length, now),
        // Ends of leases do not grow where leases differ; those that have ended are told apart by whoever adds.
        Some(Cell::Log(log)) => log,
        _ => &[],
    }
}

/// Returns the entries of a window's log that count at a time.
fn live_of(log: &[Entry], length: u64, now: u64) -> &[Entry] {
    let ended = |entry: &&Entry| entry.time.saturating_add(length) <= now;
    &log[log.iter().take_while(ended).count()..]
}

fn measure(
    entries: &[Entry],
    (count, weight): (u32, u32),
    length: u64,
    (longest, now): (u64, u64),
) -> Left {
    let end = |entry: &Entry| entry.time.saturating_add(length);
    let live = || entries.iter().filter(|entry| end(entry) > now);
    let spent: u64 = live().map(|entry| u64::from(entry.count)).sum();
    let (count, weight) = (u64::from(count), u64::from(weight));
    let reset = live().map(end).min().map_or(longest, |end| end - now);
    let Some(left) = count.checked_sub(spent).and_then(|free| free.checked_sub(weight)) else {
        let remaining = narrow(count.saturating_sub(spent));
        // A lower bound than the one before may have less than nothing free.
        let mut spent = spent;
        let mut ends: SmallVec<[(u64, u64); 16]> =
            live().map(|entry| (end(entry), u64::from(entry.count))).collect();
        ends.sort_unstable();
        let enough = ends.into_iter().find(|(_, ended)| {
            spent -= ended;
            spent.saturating_add(weight) <= count
        });
        let wait = enough.map_or(longest, |(end, _)| end - now);
        return Left { remaining, reset, wait: wait.max(1) };
    };
    Left { remaining: narrow(left), reset, wait: 0 }
}

/// Adds requests to a log. An entry takes as many as a sixteenth of the count; what it has already then counts until the
/// last of them ends.
fn enter(log: &mut Log, most: u32, weight: u32, now: u64) {
    let mut left = weight;
    // Times grow, also where a request that began earlier comes to be counted later.
    let now = log.last().map_or(now, |last| last.time.max(now));
    if let Some(last) = log.last_mut().filter(|last| last.count < most) {
        let taken = left.min(most - last.count);
        *last = Entry { time: now, count: last.count + taken };
        left -= taken;
    }
    while left > 0 {
        if log.len() >= Bound::ENTRIES {
            join(log);
        }
        let taken = left.min(most);
        log.push(Entry { time: now, count: taken });
        left -= taken;
    }
}

/// Makes two neighbors one, those that have least: refunds leave gaps, and a lower count smaller entries. It has the later time.
fn join(log: &mut Log) {
    let pair = |first: &usize| log[*first].count.saturating_add(log[first + 1].count);
    if let Some(first) = (0..log.len().saturating_sub(1)).min_by_key(pair) {
        log[first + 1].count = pair(&first);
        log.remove(first);
    }
}

fn spaced(cell: Option<&Cell>) -> Option<u64> {
    match cell {
        Some(Cell::Spaced(tat)) => Some(*tat),
        _ => None,
    }
}

pub(super) fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

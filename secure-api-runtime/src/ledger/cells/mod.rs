//! Cells: what the callers of one limit have spent, in bounded memory, behind short locks.
//!
//! A caller without a cell has spent nothing, so forgetting those whose time is over changes no decision. While there is room,
//! each caller has a cell. Beyond it callers are counted in a [`Sketch`], which never counts less than they spent: nobody who
//! is limited becomes free because others came, and who is new is not refused for that either, but for a few by chance.

mod cell;
mod gcra;
mod sketch;
#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use smallvec::SmallVec;

use self::{cell::Cell, sketch::Sketch};
use super::Bound;
use crate::{
    expiring::Expiring,
    fingerprint::{BuildHeld, Fingerprint},
};

/// Locks that callers spread over. More would only help beyond some dozens of cores.
const SHARDS: usize = 64;

/// The bytes that the cells of one lock take at most: 32 MB for a limit.
const BYTES_PER_SHARD: usize = 512 * 1024;

/// The bytes of a cell with its key, its end and its place in the map, of which a part is free.
const CELL_BYTES: usize = 96;

/// The interval of sweeps that evict cells in which nothing is spent any more.
const SWEEP_NANOS: u64 = 60_000_000_000;

/// The cells of one limit.
///
/// They take 80 MB at most: 32 MB of cells, and 48 MB of a sketch which is there only while there are more callers than cells.
pub(crate) struct Cells {
    shards: Box<[Mutex<Shard>]>,
    /// The bound that sketches are made for: none of a lower one needs more.
    bound: Bound,
}

struct Shard {
    cells: Expiring<Fingerprint, Cell, BuildHeld>,
    /// The most cells.
    room: usize,
    sketch: Option<Box<Sketch>>,
}

/// A charge to cells that are at hand.
#[derive(Clone, Copy)]
pub(crate) struct Demand<'a> {
    pub(crate) cells: &'a Cells,
    pub(crate) key: Fingerprint,
    pub(crate) bound: Bound,
    pub(crate) weight: u32,
}

/// The rest of a limit, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) remaining: u32,
    pub(crate) reset: u64,
    /// Zero if there was room.
    pub(crate) wait: u64,
}

/// The rest of limits that were measured together.
pub(crate) type AllLeft = SmallVec<[Left; 4]>;

impl Cells {
    /// Creates the cells of a limit with this bound, or a lower one of its kind.
    pub(crate) fn new(bound: Bound) -> Self {
        Self::with_room(bound, BYTES_PER_SHARD)
    }

    fn with_room(bound: Bound, bytes_per_shard: usize) -> Self {
        let room = (bytes_per_shard / (CELL_BYTES + cell::heap(bound))).max(1);
        let shard = || Mutex::new(Shard { cells: Expiring::new(SWEEP_NANOS), room, sketch: None });
        Self { shards: (0..SHARDS).map(|_| shard()).collect(), bound }
    }

    fn place(&self, key: Fingerprint) -> &Mutex<Shard> {
        &self.shards[(key.half() >> 32) as usize % SHARDS]
    }

    /// Returns the number of cells, and of sketches.
    #[cfg(test)]
    pub(crate) fn len(&self) -> (usize, usize) {
        let shards = self.shards.iter().map(lock);
        shards.fold((0, 0), |(cells, sketches), shard| {
            (cells + shard.cells.len(), sketches + usize::from(shard.sketch.is_some()))
        })
    }
}

/// Charges all of these limits, or none. `Err` has what is left, too. Time is a number of nanoseconds that never goes back.
///
/// All of them are measured before the first is charged, and nobody gets in between: their locks are taken together, in the
/// order of their places in memory.
pub(crate) fn charge(demands: &[Demand<'_>], now: u64) -> Result<AllLeft, AllLeft> {
    if let [demand] = demands {
        let mut shard = lock(demand.cells.place(demand.key));
        shard.sweep(now);
        let left = shard.charge_if_free(demand, now);
        let all = AllLeft::from_slice(&[left]);
        return if left.wait > 0 { Err(all) } else { Ok(all) };
    }
    let mut held = Held::of(demands);
    let mut left: AllLeft = demands
        .iter()
        .map(|demand| {
            let shard = held.shard(demand);
            shard.sweep(now);
            shard.measure(demand, now)
        })
        .collect();
    if left.iter().any(|left| left.wait > 0) {
        // They were measured as if charged, which none of them was.
        for (left, demand) in left.iter_mut().zip(demands).filter(|(left, _)| left.wait == 0) {
            left.remaining = left.remaining.saturating_add(demand.weight);
        }
        return Err(left);
    }
    demands.iter().for_each(|demand| held.shard(demand).charge(demand, now));
    Ok(left)
}

/// Gives back what was charged at a time. What is in a sketch stays there until its time is over.
pub(crate) fn refund(demand: &Demand<'_>, at: u64, now: u64) {
    lock(demand.cells.place(demand.key)).refund(demand, at, now);
}

/// The shards of some charges, locked.
struct Held<'a>(SmallVec<[(*const Mutex<Shard>, MutexGuard<'a, Shard>); 4]>);

impl<'a> Held<'a> {
    fn of(demands: &[Demand<'a>]) -> Self {
        let place = |demand: &Demand<'a>| demand.cells.place(demand.key);
        let mut places: SmallVec<[&'a Mutex<Shard>; 4]> = demands.iter().map(place).collect();
        places.sort_unstable_by_key(|place| std::ptr::from_ref(*place));
        places.dedup_by_key(|place| std::ptr::from_ref(*place));
        Self(places.into_iter().map(|place| (std::ptr::from_ref(place), lock(place))).collect())
    }

    fn shard(&mut self, demand: &Demand<'a>) -> &mut Shard {
        let place = std::ptr::from_ref(demand.cells.place(demand.key));
        let held = self.0.iter_mut().find(|(held, _)| *held == place);
        &mut held.expect("the lock of each charge was taken").1
    }
}

impl Shard {
    fn is_full(&self) -> bool {
        self.cells.len() >= self.room
    }

    fn measure(&mut self, demand: &Demand<'_>, now: u64) -> Left {
        let Demand { key, bound, weight, .. } = *demand;
        let (full, cell) = (self.is_full(), self.cells.kept(&key));
        match &self.sketch {
            Some(sketch) if cell.is_none() && (full || !sketch.is_clear(key, now)) => {
                sketch.measure(key, bound, weight, now)
            }
            _ => Cell::measure(cell, bound, weight, now),
        }
    }

    /// Measures a request, and charges it where there is room. Whoever has a cell is looked up once.
    fn charge_if_free(&mut self, demand: &Demand<'_>, now: u64) -> Left {
        let Demand { key, bound, weight, .. } = *demand;
        if let Some((cell, until)) = self.cells.entry_mut(&key) {
            let left = Cell::measure(Some(cell), bound, weight, now);
            if left.wait == 0 {
                *until = cell.charge(bound, weight, now);
            }
            return left;
        }
        let left = self.measure(demand, now);
        if left.wait == 0 {
            self.charge(demand, now);
        }
        left
    }

    fn charge(&mut self, demand: &Demand<'_>, now: u64) {
        let Demand { key, bound, weight, .. } = *demand;
        if let Some((cell, until)) = self.cells.entry_mut(&key) {
            *until = cell.charge(bound, weight, now);
            return;
        }
        // Places that are held are as many as there are requests under way, which connections bound.
        if !matches!(bound, Bound::AtOnce { .. }) {
            let clear = |sketch: &Sketch| sketch.is_clear(key, now);
            if self.is_full() || !self.sketch.as_deref().is_none_or(clear) {
                let whole = demand.cells.bound;
                let sketch = self.sketch.get_or_insert_with(|| Box::new(Sketch::new(whole, now)));
                sketch.charge(key, weight, now);
                return;
            }
        }
        let mut cell = Cell::new(bound);
        let until = cell.charge(bound, weight, now);
        self.cells.insert(key, until, cell);
    }

    fn refund(&mut self, demand: &Demand<'_>, at: u64, now: u64) {
        let Demand { key, bound, weight, .. } = *demand;
        let Some((cell, _)) = self.cells.entry_mut(&key) else { return };
        cell.refund(bound, weight, (at, now));
        if cell.is_empty() {
            self.cells.remove_if(key, |_| true);
        }
    }

    /// Evicts what is over, where that is due.
    fn sweep(&mut self, now: u64) {
        if !self.cells.is_due(now, self.is_full()) {
            return;
        }
        self.cells.sweep(now, |_| ());
        if self.sketch.as_ref().is_some_and(|sketch| sketch.is_over(now)) {
            self.sketch = None;
        }
    }
}

/// Locks a shard. A cell changes in one step, so a panic elsewhere under the lock leaves nothing half done.
fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns nanoseconds of at most 100 years, which keeps their sums far from the end of 64 bits.
pub(crate) fn nanos(duration: Duration) -> u64 {
    const LONGEST: u64 = 100 * 365 * 86_400 * 1_000_000_000;
    let seconds = duration.as_secs().saturating_mul(1_000_000_000);
    seconds.saturating_add(u64::from(duration.subsec_nanos())).min(LONGEST)
}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cells").finish_non_exhaustive()
    }
}

//! Counts of callers for whom there is no cell: few bytes for any number of them, and never less than they spent.
//!
//! Each caller has two counters that others may have as well, so the smaller one says at least what the caller spent (a
//! counting Bloom filter). Time is cut into generations of half a window; three of them count, which is a window and a
//! half at most and a window at least. So a limit holds for them too, and is stricter.

use super::{Left, nanos};
use crate::{fingerprint::Fingerprint, ledger::Bound};

/// The bytes of the counters of one generation.
pub(super) const BYTES: usize = 256 * 1024;
/// The generations that count.
const GENERATIONS: usize = 3;

/// The counts of callers without a cell.
pub(super) struct Sketch {
    generations: [Counters; GENERATIONS],
    /// The number of the latest generation, which the others are before.
    latest: u64,
    /// The length of a generation, by the bound that it was made for: a part of that bound may have another one.
    length: u64,
}

/// Counters of as many bytes as the count needs.
enum Counters {
    Narrow(Box<[u8]>),
    Wide(Box<[u32]>),
}

impl Sketch {
    pub(super) fn new(bound: Bound, now: u64) -> Self {
        let (count, window) = terms(bound);
        let counters = || Counters::of(count);
        let length = window.div_ceil(2).max(1);
        Self { generations: [counters(), counters(), counters()], latest: now / length, length }
    }

    /// Measures a request of this weight.
    pub(super) fn measure(&self, key: Fingerprint, bound: Bound, weight: u32, now: u64) -> Left {
        let ((count, _), over) = (terms(bound), self.over(now));
        // What is spent still, once so many more generations are over.
        let spent = |gone: usize| {
            let sum = |place: usize| {
                let counted = self.generations.iter().skip(over + gone);
                counted.fold(0, |sum: u32, counters| counters.get(place).saturating_add(sum))
            };
            places(key, self.generations[0].len()).map(sum).into_iter().min().unwrap_or(0)
        };
        let next = self.length - now % self.length;
        let remaining = count.saturating_sub(spent(0));
        let Some(left) = remaining.checked_sub(weight) else {
            let enough = |gone: &usize| spent(*gone).saturating_add(weight) <= count;
            let gone = (1..GENERATIONS).find(enough).unwrap_or(GENERATIONS) as u64;
            let wait = (gone - 1).saturating_mul(self.length).saturating_add(next);
            return Left { remaining, reset: next, wait };
        };
        Left { remaining: left, reset: next, wait: 0 }
    }

    /// Charges a request that had room.
    pub(super) fn charge(&mut self, key: Fingerprint, weight: u32, now: u64) {
        for _ in 0..self.over(now) {
            self.generations.rotate_left(1);
            self.generations[GENERATIONS - 1].clear();
        }
        self.latest = self.latest.max(now / self.length);
        let latest = &mut self.generations[GENERATIONS - 1];
        for place in places(key, latest.len()) {
            latest.add(place, weight);
        }
    }

    /// Returns `true` if a caller has spent nothing here that still counts.
    pub(super) fn is_clear(&self, key: Fingerprint, now: u64) -> bool {
        let over = self.over(now);
        let counted = || self.generations.iter().skip(over);
        let clear = |place| counted().all(|counters| counters.get(place) == 0);
        places(key, self.generations[0].len()).into_iter().any(clear)
    }

    /// Returns `true` if nothing was counted for so long that nothing counts.
    pub(super) fn is_over(&self, now: u64) -> bool {
        self.over(now) >= GENERATIONS
    }

    /// Returns the number of generations that do not count any more.
    fn over(&self, now: u64) -> usize {
        let since = (now / self.length).saturating_sub(self.latest);
        usize::try_from(since).unwrap_or(GENERATIONS).min(GENERATIONS)
    }
}

/// Returns the count and the window of a bound, as they are for those who are counted here.
fn terms(bound: Bound) -> (u32, u64) {
    match bound {
        Bound::Window { count, window } => (count, nanos(window)),
        // As often as comes at once, in the time in which that comes back.
        Bound::Spaced { interval, burst } => {
            (burst, nanos(interval).saturating_mul(u64::from(burst)))
        }
        Bound::AtOnce { count, lease } => (count, nanos(lease)),
    }
}

impl Counters {
    fn of(count: u32) -> Self {
        if count < u32::from(u8::MAX) {
            Self::Narrow(vec![0; BYTES].into())
        } else {
            Self::Wide(vec![0; BYTES / 4].into())
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Narrow(counters) => counters.len(),
            Self::Wide(counters) => counters.len(),
        }
    }

    fn get(&self, place: usize) -> u32 {
        match self {
            Self::Narrow(counters) => counters[place].into(),
            Self::Wide(counters) => counters[place],
        }
    }

    fn add(&mut self, place: usize, weight: u32) {
        match self {
            Self::Narrow(counters) => {
                let weight = u8::try_from(weight).unwrap_or(u8::MAX);
                counters[place] = counters[place].saturating_add(weight);
            }
            Self::Wide(counters) => counters[place] = counters[place].saturating_add(weight),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Narrow(counters) => counters.fill(0),
            Self::Wide(counters) => counters.fill(0),
        }
    }
}

/// Returns the places of a caller's two counters.
fn places(key: Fingerprint, counters: usize) -> [usize; 2] {
    let [first, second] = key.halves();
    // The shard was chosen by other bits of the first half.
    [first as usize % counters, second as usize % counters]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    // R60: in an outage a machine admits a part of a limit, whose time may be another.
    #[test]
    fn who_is_limited_stays_so_by_a_part_of_the_limit_too() {
        let spaced =
            |seconds, burst| Bound::Spaced { interval: Duration::from_secs(seconds), burst };
        let (whole, part) = (spaced(10, 10), spaced(40, 2));
        let (key, now) = (Fingerprint::of_hash(7), 1_000_000 * 1_000_000_000);
        let mut sketch = Sketch::new(whole, now);
        sketch.charge(key, 10, now);
        assert!(sketch.measure(key, part, 1, now + 1).wait > 0);
        assert!(sketch.measure(key, whole, 1, now + 1).wait > 0);
    }
}

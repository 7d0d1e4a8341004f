//! A number that many threads add to, and the times of answers in buckets of such numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    /// Adds one.
    pub(crate) fn add(&self) {
        self.add_all(1);
    }

    /// Adds several.
    pub(crate) fn add_all(&self, number: u64) {
        // Nothing else is read because of it, so nothing has to be in order with it.
        self.0.fetch_add(number, Ordering::Relaxed);
    }

    /// Returns what was added so far.
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The upper ends of the buckets, in microseconds: from an answer out of memory to the default deadline.
const ENDS: [u64; 11] =
    [250, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000, 2_500_000, 15_000_000];

/// The times that answers took.
#[derive(Debug, Default)]
pub(crate) struct Latency {
    /// The answers up to each end, and those beyond the last.
    buckets: [Count; ENDS.len() + 1],
    micros: Count,
}

impl Latency {
    /// Adds one answer, which took so many microseconds.
    pub(crate) fn add(&self, micros: u64) {
        self.buckets[ENDS.partition_point(|end| *end < micros)].add();
        self.micros.add_all(micros);
    }

    /// Returns the seconds of all answers together.
    pub(crate) fn seconds(&self) -> f64 {
        self.micros.get() as f64 / 1e6
    }

    /// Returns the answers within each bucket, by its upper end in seconds.
    pub(crate) fn buckets(&self) -> Vec<(f64, u64)> {
        let ends = ENDS.iter().map(|end| *end as f64 / 1e6).chain([f64::INFINITY]);
        ends.zip(self.buckets.iter().map(Count::get)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_belongs_to_its_bucket() {
        let latency = Latency::default();
        for micros in [0, 250, 251, 15_000_000, 15_000_001] {
            latency.add(micros);
        }
        let counts: Vec<_> = latency.buckets().into_iter().map(|(_, count)| count).collect();
        assert_eq!((counts[0], counts[1], counts[10], counts[11]), (2, 1, 1, 1));
        assert!((latency.seconds() - 30.000_502).abs() < 1e-9);
    }
}

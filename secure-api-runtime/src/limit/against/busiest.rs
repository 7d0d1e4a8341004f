//! The busiest window of each caller, and how these spread.

use std::collections::VecDeque;

/// The busiest window of one caller: the most that it asked for in a window, wherever that begins.
#[derive(Default)]
pub(crate) struct Busiest {
    /// Times, with what was asked for at each: a log tells seconds, so there are no more of them than a window has.
    window: VecDeque<(u64, u64)>,
    sum: u64,
    most: u64,
}

impl Busiest {
    /// Counts what was asked for at a time, which does not lie before the last one.
    pub(crate) fn add(&mut self, at: u64, weight: u32, length: u64) {
        while let Some((_, count)) = self.window.pop_front_if(|(time, _)| at - *time >= length) {
            self.sum -= count;
        }
        match self.window.back_mut() {
            Some((time, count)) if *time == at => *count += u64::from(weight),
            _ => self.window.push_back((at, u64::from(weight))),
        }
        self.sum += u64::from(weight);
        self.most = self.most.max(self.sum);
    }

    pub(crate) fn most(&self) -> u64 {
        self.most
    }
}

/// The spread of some numbers, by the nearest rank: half of them are not above `p50`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Spread {
    pub(crate) p50: u64,
    pub(crate) p90: u64,
    pub(crate) p99: u64,
    pub(crate) most: u64,
}

impl Spread {
    pub(crate) fn of(mut numbers: Vec<u64>) -> Self {
        numbers.sort_unstable();
        let rank = |percent: usize| {
            let place = (numbers.len() * percent).div_ceil(100).max(1) - 1;
            numbers.get(place).copied().unwrap_or(0)
        };
        Self { p50: rank(50), p90: rank(90), p99: rank(99), most: rank(100) }
    }
}

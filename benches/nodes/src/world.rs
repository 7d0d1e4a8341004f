//! The world: machines behind a balancer, and callers of whom few ask for much.

use crate::chance::Chance;

/// The requests of a machine in a second.
pub const PER_MACHINE: u64 = 200;
/// The callers for each machine.
pub const CALLERS: u64 = 2_000;
/// Two minutes, in microseconds: the first fills the windows, and the second is measured.
pub const END: u64 = 2 * MINUTE;
/// The length of the window.
pub const MINUTE: u64 = 60_000_000;
/// The limit: requests of a caller in a minute.
pub const COUNT: u64 = 600;

/// A number of machines, and their callers.
pub struct World {
    pub machines: u64,
    pub callers: u64,
    /// The sum of 1/rank over all callers.
    pub harmonic: f64,
}

/// One request: its time in microseconds, and its machine.
pub type Request = (u64, u32);

impl World {
    pub fn of(machines: u64) -> Self {
        let callers = machines * CALLERS;
        let harmonic = (1..=callers).rev().map(|rank| 1.0 / rank as f64).sum();
        Self { machines, callers, harmonic }
    }

    /// Returns the requests of a caller in the order of their times. Ranks begin at 1, and the n-th asks for an n-th of what
    /// the first does (Zipf). Gaps are by chance between none and twice their mean, and so are machines.
    pub fn requests(&self, rank: u64, requests: &mut Vec<Request>) {
        requests.clear();
        let mut chance = Chance::of(SEED, rank);
        let rate = (self.machines * PER_MACHINE) as f64 / self.harmonic / rank as f64;
        let gap = 1_000_000.0 / rate;
        let twice = (2.0 * gap) as u64 + 1;
        let mut at = chance.below(twice);
        while at < END {
            requests.push((at, chance.below(self.machines) as u32));
            at += chance.below(twice);
        }
    }
}

const SEED: u64 = 10;

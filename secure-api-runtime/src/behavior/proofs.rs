//! Proofs: how many identities proved to be somebody from one address, in a table of fixed size.
//!
//! Sixteen bytes for an address: of 64 bits each identity sets one, and every two hours half of them are cleared. An address
//! takes the place of whoever was there, so nobody has to be remembered who has done nothing.

use std::sync::atomic::{AtomicU64, Ordering};

use super::math::{ln, mixed};

/// The milliseconds after which half is forgotten.
const HALF_LIFE: u64 = 2 * 3_600_000;

/// The proofs of addresses.
#[derive(Debug)]
pub(super) struct Proofs {
    cells: Box<[Cell]>,
}

/// The upper half of `head` tells the address, the lower when its bits were halved. Two that write at once lose a bit.
#[derive(Debug, Default)]
struct Cell {
    head: AtomicU64,
    bits: AtomicU64,
}

impl Proofs {
    /// Creates the table.
    pub(super) fn new(cells: usize) -> Self {
        Self { cells: (0..cells.next_power_of_two()).map(|_| Cell::default()).collect() }
    }

    /// Adds an identity that proved to be somebody from an address.
    pub(super) fn add(&self, address: u64, identity: u64, now: u64) {
        let (cell, head) = self.cell(address, now);
        let bits = cell.left(head) | 1 << (mixed(identity ^ 0x94d0_49bb) >> 58);
        // Nothing to write is what there is mostly.
        if cell.bits.load(Ordering::Relaxed) != bits || cell.head.load(Ordering::Relaxed) != head {
            cell.head.store(head, Ordering::Relaxed);
            cell.bits.store(bits, Ordering::Relaxed);
        }
    }

    /// Returns about how many identities proved to be somebody from an address lately.
    pub(super) fn of(&self, address: u64, now: u64) -> f64 {
        let (cell, head) = self.cell(address, now);
        let free = 64 - cell.left(head).count_ones();
        64.0 * ln(64.0 / f64::from(free.max(1)))
    }

    fn cell(&self, address: u64, now: u64) -> (&Cell, u64) {
        let hash = mixed(address ^ 0x2545_f491_4f6c_dd1d);
        let cell = &self.cells[hash as usize & (self.cells.len() - 1)];
        (cell, hash & !0xffff_ffff | (now / HALF_LIFE + 1) & 0xffff_ffff)
    }
}

impl Cell {
    /// Returns the bits that are left of an address in a generation.
    fn left(&self, head: u64) -> u64 {
        let own = self.head.load(Ordering::Relaxed);
        let past = (head & 0xffff_ffff).wrapping_sub(own & 0xffff_ffff);
        if own >> 32 != head >> 32 || past > 6 {
            return 0;
        }
        let halves = (0..past).map(|nth| mixed(head.wrapping_sub(nth)));
        halves.fold(self.bits.load(Ordering::Relaxed), |bits, half| bits & half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R67 in part
    #[test]
    fn identities_are_counted_once_each_and_forgotten_by_halves() {
        let proofs = Proofs::new(64);
        for _ in 0..10 {
            for identity in 0..40 {
                proofs.add(7, identity, 1000);
            }
        }
        let many = proofs.of(7, 1000);
        assert!((28.0..55.0).contains(&many), "40 count as {many}");
        assert_eq!(proofs.of(8, 1000), 0.0);
        let later = proofs.of(7, 1000 + HALF_LIFE);
        assert!(later < many * 0.75 && later > 0.0, "{later} of {many}");
        assert_eq!(proofs.of(7, 1000 + 7 * HALF_LIFE), 0.0);
        proofs.add(7, 1, 1000 + HALF_LIFE);
        assert!(proofs.of(7, 1000 + HALF_LIFE) <= later + 2.0);
    }
}

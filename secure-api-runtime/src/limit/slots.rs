//! Places among requests at one time: each comes back when its request is over, however it ends.

use std::{fmt, sync::Arc};

use super::Machines;
use crate::{
    fingerprint::Fingerprint,
    ledger::{self, Bound, Cells, Charge, Demand},
};

/// The places that a request has taken. They come back when this is dropped.
#[derive(Default)]
pub(crate) struct Slots(Vec<Slot>);

/// One place.
pub(super) enum Slot {
    Here { cells: Arc<Cells>, key: Fingerprint, bound: Bound, weight: u32, at: u64 },
    There { machines: Arc<Machines>, charge: Charge, at: u64 },
}

impl Slot {
    pub(super) fn here(cells: Arc<Cells>, demand: &Demand<'_>, at: u64) -> Self {
        let Demand { key, bound, weight, .. } = *demand;
        Self::Here { cells, key, bound, weight, at }
    }
}

impl Slots {
    pub(super) fn push(&mut self, slot: Slot) {
        self.0.push(slot);
    }

    /// Adds the places of others.
    pub(super) fn extend(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }
}

impl Drop for Slots {
    fn drop(&mut self) {
        if crate::weakened::is("place") {
            return;
        }
        for slot in self.0.drain(..) {
            match slot {
                Slot::Here { cells, key, bound, weight, at } => {
                    // A place is known by the time at which it was taken.
                    ledger::refund(&Demand { cells: &cells, key, bound, weight }, at, at);
                }
                Slot::There { machines, charge, at } => machines.refund_later(charge, at),
            }
        }
    }
}

impl fmt::Debug for Slots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Slots").field(&self.0.len()).finish()
    }
}

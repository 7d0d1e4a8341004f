//! The limits that several apps of one process charge together.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use crate::ledger::{
    Charge, Charged, Measured, Name,
    cells::{self, Cells, Demand},
};

/// The cells of each limit. There are as many limits as the apps declare.
#[derive(Default)]
pub(super) struct Limits(RwLock<HashMap<Name, Arc<Cells>>>);

impl Limits {
    pub(super) fn charge(&self, charges: &[Charge], now: u64) -> Charged {
        let cells: Vec<_> = charges.iter().map(|charge| self.cells(charge)).collect();
        let demands: Vec<_> = charges.iter().zip(&cells).map(demand).collect();
        let outcome = cells::charge(&demands, now);
        let admitted = outcome.is_ok();
        let (Ok(left) | Err(left)) = outcome;
        let measured = left.iter().map(|left| Measured {
            remaining: left.remaining,
            reset: Duration::from_nanos(left.reset),
            wait: Duration::from_nanos(left.wait),
        });
        Charged { admitted, at: now, left: measured.collect() }
    }

    pub(super) fn refund(&self, charges: &[Charge], at: u64, now: u64) {
        for charge in charges {
            cells::refund(&demand((charge, &self.cells(charge))), at, now);
        }
    }

    fn cells(&self, charge: &Charge) -> Arc<Cells> {
        let known =
            self.0.read().unwrap_or_else(PoisonError::into_inner).get(&charge.limit).cloned();
        known.unwrap_or_else(|| {
            let mut limits = self.0.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(
                limits.entry(charge.limit).or_insert_with(|| Arc::new(Cells::new(charge.bound))),
            )
        })
    }
}

fn demand<'a>((charge, cells): (&Charge, &'a Arc<Cells>)) -> Demand<'a> {
    let Charge { name, bound, weight, .. } = *charge;
    Demand { cells, key: name.fingerprint(), bound, weight }
}

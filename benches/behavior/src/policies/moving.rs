//! A moving average of each caller's rate, and how many deviations the last ten seconds are away from it: three halve the
//! limit, quiet gives a tenth back.

use std::collections::HashMap;

use super::{Policy, Spending};
use crate::world::{Ms, Request};

const BIN: Ms = 10_000;
const SHARE: f64 = 0.1;

struct Rate {
    bin: Ms,
    calls: f64,
    mean: f64,
    square: f64,
    bins: u32,
    factor: f64,
}

#[derive(Default)]
pub struct Moving {
    rates: HashMap<u64, Rate>,
    spending: Spending,
}

impl Rate {
    /// Ends the bins that are over.
    fn turn(&mut self, bin: Ms) {
        while self.bin < bin {
            let away = self.calls - self.mean;
            let deviation = self.square.sqrt().max(1.0);
            if self.bins >= 3 && away / deviation > 3.0 {
                self.factor = (self.factor / 2.0).max(1.0 / 64.0);
            } else {
                self.factor = (self.factor * 1.1).min(1.0);
            }
            self.mean += SHARE * away;
            self.square = (1.0 - SHARE) * (self.square + SHARE * away * away);
            self.calls = 0.0;
            self.bins += 1;
            self.bin += 1;
            if bin - self.bin > 500 {
                self.bin = bin;
            }
        }
    }
}

impl Policy for Moving {
    fn admit(&mut self, request: &Request, now: Ms) -> Result<(), Ms> {
        let (caller, bin) = (request.caller(), now / BIN);
        let rate = self.rates.entry(caller).or_insert(Rate {
            bin,
            calls: 0.0,
            mean: 0.0,
            square: 0.0,
            bins: 0,
            factor: 1.0,
        });
        rate.turn(bin);
        rate.calls += 1.0;
        let factor = rate.factor;
        self.spending.spend(caller, request, factor, now)
    }

    fn holds(&self, request: &Request, _: Ms) -> bool {
        self.rates.get(&request.caller()).is_some_and(|rate| rate.factor < 1.0)
    }
}

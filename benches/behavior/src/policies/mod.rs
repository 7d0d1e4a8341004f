//! The policies that are compared: what a server does beyond its declared limits.

mod moving;
mod published;
mod quantile;
mod scored;
mod table;

use std::collections::HashMap;

use crate::{
    attackers::Attack,
    behavior::FACTORS,
    simulate,
    world::{Ms, Request},
};
pub use {moving::Moving, published::Published, quantile::Quantile, scored::Scored, table::Table};

/// The seeds from which policies learn. Those of the evaluation begin at 1.
pub const LESSONS: std::ops::Range<u64> = 9_000..9_006;

/// A policy: it decides on requests that the declared limits admit.
pub trait Policy {
    /// Admits a request, or says how many milliseconds to wait.
    fn admit(&mut self, request: &Request, now: Ms) -> Result<(), Ms>;

    /// Notes what a request that was admitted came to.
    fn outcome(&mut self, _request: &Request, _now: Ms) {}

    /// Notes that a declared limit refused a request.
    fn limited(&mut self, _request: &Request, _now: Ms) {}

    /// Returns `true` if a measure is on whoever sent this.
    fn holds(&self, request: &Request, now: Ms) -> bool;
}

/// Nothing but the declared limits.
pub struct Declared;

impl Policy for Declared {
    fn admit(&mut self, _: &Request, _: Ms) -> Result<(), Ms> {
        Ok(())
    }

    fn holds(&self, _: &Request, _: Ms) -> bool {
        false
    }
}

/// A policy that knows: what an attacker sends is refused, and nothing else.
pub struct Oracle;

impl Policy for Oracle {
    fn admit(&mut self, request: &Request, _: Ms) -> Result<(), Ms> {
        if request.hostile { Err(60_000) } else { Ok(()) }
    }

    fn holds(&self, request: &Request, _: Ms) -> bool {
        request.hostile
    }
}

/// The time that callers have spent, for policies that leave them a factor of their limits.
#[derive(Default)]
struct Spending(HashMap<u64, Ms>);

impl Spending {
    /// Spends the time of one call; a factor of 1 is the whole limit.
    fn spend(&mut self, caller: u64, request: &Request, factor: f64, now: Ms) -> Result<(), Ms> {
        if factor >= 1.0 {
            self.0.remove(&caller);
            return Ok(());
        }
        let cost = ((request.route.interval() / factor).ceil() as Ms).min(900_000);
        let room = request.route.limit().1.max(cost);
        let until = *self.0.entry(caller).or_insert(now + room - cost);
        let next = until.max(now) + cost;
        if next > now + room {
            return Err(next - now - room);
        }
        self.0.insert(caller, next);
        Ok(())
    }
}

/// The names of the policies, in the order of the tables.
pub const NAMES: [&str; 8] = [
    "declared limits only",
    "published thresholds",
    "moving average and z",
    "quantile per session",
    "tabular Q-learning",
    "scored",
    "learned",
    "oracle",
];

/// The number of a policy, as in [`NAMES`].
pub const SCORED: usize = 5;
pub const LEARNED: usize = 6;

/// Policies that had their lessons, from which a new one is made for each run.
pub struct School {
    quantile: Quantile,
    table: Table,
    learned: crate::behavior::learned::Learned,
}

impl School {
    /// Gives lessons, with one family of attacks left out.
    pub fn new(left_out: Option<Attack>) -> Self {
        let mut quantile = Quantile::default();
        let mut table = Table::new(1);
        let mut learned = crate::behavior::learned::Learned::new(1);
        for seed in LESSONS {
            let actors = simulate::actors(seed, left_out);
            simulate::run(actors.clone(), &mut quantile);
            simulate::run(actors.clone(), &mut table);
            table.again(seed);
            let mut scored = Scored::learning(learned.again(seed));
            simulate::run(actors, &mut scored);
            learned = scored.into_learned();
        }
        quantile.settle();
        table.settle();
        Self { quantile, table, learned }
    }

    /// Makes a policy by its number.
    pub fn policy(&self, number: usize, seed: u64) -> Box<dyn Policy> {
        match number {
            0 => Box::new(Declared),
            1 => Box::new(Published::default()),
            2 => Box::new(Moving::default()),
            3 => Box::new(self.quantile.clone()),
            4 => Box::new(self.table.clone()),
            5 => Box::new(Scored::new(crate::behavior::Scoring::PUBLISHED)),
            6 => Box::new(Scored::learning(self.learned.clone().again(seed))),
            _ => Box::new(Oracle),
        }
    }

    /// Returns what the learned policy has after its lessons.
    pub fn learned(&self, seed: u64) -> crate::behavior::learned::Learned {
        self.learned.clone().again(seed)
    }
}

/// Returns a factor of the ladder.
fn factor(step: usize) -> f64 {
    FACTORS[step]
}

//! Q-learning with a table, as it is proposed for limits of APIs: a state of three numbers, and down, stay or up on the same
//! ladder. It learns from what the pipeline sees, as the learned policy does, and from no label.

use std::collections::HashMap;

use super::{Policy, Spending, factor};
use crate::{
    behavior::math::Chance,
    world::{Ms, Outcome, Request},
};

const BETWEEN: Ms = 10_000;
const RATE: f64 = 0.1;
const AHEAD: f64 = 0.9;
const EXPLORING: f64 = 0.1;
const STATES: usize = 4 * 4 * 5;

#[derive(Clone, Default)]
struct Caller {
    step: usize,
    at: Ms,
    bad: f64,
    good: u32,
    calls: u32,
    refused: u32,
    wronged: bool,
    /// The state of the last choice, and the choice.
    chosen: Option<(usize, usize)>,
}

#[derive(Clone)]
pub struct Table {
    values: [[f64; 3]; STATES],
    callers: HashMap<u64, Caller>,
    chance: Chance,
    learns: bool,
    spending: SpendingOf,
}

type SpendingOf = HashMap<u64, Ms>;

impl Table {
    pub fn new(seed: u64) -> Self {
        Self {
            values: [[0.0; 3]; STATES],
            callers: HashMap::new(),
            chance: Chance::new(seed),
            learns: true,
            spending: HashMap::new(),
        }
    }

    /// Keeps what it knows, for another run of time.
    pub fn again(&mut self, seed: u64) {
        self.callers.clear();
        self.spending.clear();
        self.chance = Chance::new(seed);
    }

    /// Ends exploring.
    pub fn settle(&mut self) {
        self.learns = false;
        self.again(0);
    }

    fn choose(&mut self, subject: u64, now: Ms) {
        let caller = self.callers.entry(subject).or_default();
        if caller.chosen.is_some() && now < caller.at + BETWEEN {
            return;
        }
        let seconds = ((now - caller.at) as f64 / 1000.0).max(1.0);
        let bad = match caller.bad {
            bad if bad <= 0.0 => 0,
            bad if bad <= 2.0 => 1,
            bad if bad <= 5.0 => 2,
            _ => 3,
        };
        let calls = match f64::from(caller.calls) * 60.0 / seconds {
            rate if rate < 10.0 => 0,
            rate if rate < 60.0 => 1,
            rate if rate < 200.0 => 2,
            _ => 3,
        };
        let state = (bad * 4 + calls) * 5 + caller.step;
        if let Some((before, action)) = caller.chosen
            && self.learns
        {
            let share = f64::from(caller.refused) / f64::from(caller.calls.max(1));
            let reward = f64::from(caller.good.min(1))
                - caller.bad / (caller.bad + 4.0)
                - 0.1 * share
                - if caller.wronged { 1.0 } else { 0.0 };
            let best = self.values[state].iter().fold(f64::NEG_INFINITY, |best, v| best.max(*v));
            let value = &mut self.values[before][action];
            *value += RATE * (reward + AHEAD * best - *value);
        }
        let mut action = 0;
        for (number, value) in self.values[state].iter().enumerate() {
            // Of the same values the one that gives the caller most.
            if *value > self.values[state][action] {
                action = number;
            }
        }
        if self.learns && self.chance.is(EXPLORING) {
            action = self.chance.below(3) as usize;
        }
        let step = match action {
            0 => caller.step.saturating_sub(1),
            1 => caller.step,
            _ => (caller.step + 1).min(4),
        };
        *caller = Caller { step, at: now, chosen: Some((state, action)), ..Caller::default() };
    }
}

impl Policy for Table {
    fn admit(&mut self, request: &Request, now: Ms) -> Result<(), Ms> {
        let subject = request.caller();
        self.choose(subject, now);
        let step = self.callers.get(&subject).map_or(0, |caller| caller.step);
        let mut spending = Spending(std::mem::take(&mut self.spending));
        let spent = spending.spend(subject, request, factor(step), now);
        self.spending = spending.0;
        if let Some(caller) = self.callers.get_mut(&subject) {
            caller.calls += 1;
            caller.refused += u32::from(spent.is_err());
        }
        spent
    }

    fn outcome(&mut self, request: &Request, _: Ms) {
        let Some(caller) = self.callers.get_mut(&request.caller()) else { return };
        match request.outcome {
            Outcome::Fine => {}
            Outcome::SignedIn | Outcome::Done => {
                caller.good += 1;
                caller.wronged |= caller.refused > 0;
            }
            Outcome::Asked => caller.bad += 0.5,
            _ => caller.bad += 1.0,
        }
    }

    fn holds(&self, request: &Request, _: Ms) -> bool {
        self.callers.get(&request.caller()).is_some_and(|caller| caller.step > 0)
    }
}

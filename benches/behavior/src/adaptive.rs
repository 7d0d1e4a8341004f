//! The attacker who knows everything: it tries each pace and keeps the one at which most gets through.

use crate::{
    attackers::{Attack, Attacker},
    behavior::math::{Chance, mixed},
    people,
    policies::{NAMES, School},
    simulate::{self, Actor, Plan},
    world::END,
};

/// The attacks that one attacker carries out from one address or with one account.
pub const GOALS: [Attack; 5] =
    [Attack::PasswordFast, Attack::Lookup, Attack::Enumerate, Attack::Scrape, Attack::Scan];

/// The milliseconds between two attempts that are tried.
const GAPS: [f64; 12] = [
    100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_100.0, 20_000.0, 60_500.0, 150_000.0,
    400_000.0, 900_000.0,
];

const SEED: u64 = 7_000;

/// Attempts in an hour: the most that got through, and the most that did without a measure ever taken.
#[derive(Clone, Copy, Default)]
pub struct Best {
    pub through: f64,
    pub unnoticed: f64,
}

/// Lets one attacker of each goal loose at each pace, beside everybody else.
pub fn all(school: &School) -> Vec<[Best; NAMES.len()]> {
    let hours = END as f64 / 3_600_000.0;
    let mut best = vec![[Best::default(); NAMES.len()]; GOALS.len()];
    for gap in GAPS {
        let mut chance = Chance::new(mixed(SEED));
        let mut actors = people::all(&mut chance);
        let people = actors.len();
        for attack in GOALS {
            let plan = Plan::Attack(Attacker::new(attack, 0).at_a_pace(gap));
            actors.push(Actor::new(0, None, Some(attack), plan, &mut chance));
        }
        for number in 0..NAMES.len() {
            let mut policy = school.policy(number, SEED);
            let seen = simulate::run(actors.clone(), &mut *policy);
            for (goal, seen) in seen[people..].iter().enumerate() {
                let through = f64::from(seen.through) / hours;
                let best = &mut best[goal][number];
                best.through = best.through.max(through);
                if seen.detected.is_none() {
                    best.unnoticed = best.unnoticed.max(through);
                }
            }
        }
    }
    best
}

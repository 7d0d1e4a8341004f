//! A family of attacks left out: how a policy does with one that nobody thought of when it was tuned or taught.

use crate::{
    attackers::{ATTACKS, Attack},
    behavior::{SIGNALS, Scoring, math::Chance},
    measure::{Mean, Runs, count},
    policies::{LEARNED, Policy, School, Scored},
    simulate, tune,
};

/// The scorings among which one is chosen.
const CANDIDATES: usize = 60;

/// The seeds of the judgement, of those of the evaluation.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=10;

/// Attempts of one family that were let through, by a policy that was chosen or taught with it, and without it.
pub struct HeldOut {
    pub scored: [Mean; 2],
    pub table: [Mean; 2],
    pub learned: [Mean; 2],
}

/// Makes scorings by chance, from one that says nothing.
fn candidates() -> Vec<Scoring> {
    let plain = Scoring {
        weights: [1.5; SIGNALS],
        half_lives: [3600.0; SIGNALS],
        thresholds: [4.5, 5.5, 6.5, 7.5],
    };
    let mut chance = Chance::new(5);
    (0..CANDIDATES)
        .map(|_| {
            let changes = 4 + chance.below(16);
            tune::changed(&plain, &mut chance, changes)
        })
        .collect()
}

fn runs(mut policy: impl FnMut(u64) -> Box<dyn Policy>) -> Runs {
    let run = |seed| count(&simulate::run(simulate::actors(seed, None), &mut *policy(seed)));
    Runs(SEEDS.map(run).collect())
}

/// Judges each family.
pub fn all(school: &School) -> Vec<HeldOut> {
    let (candidates, bare) = (candidates(), tune::bare());
    let judged: Vec<_> = candidates.iter().map(|one| tune::judge(one, &bare)).collect();
    let best = |left_out: Option<Attack>| {
        let costs = judged.iter().map(|judged| judged.cost(left_out)).enumerate();
        costs.min_by(|one, other| one.1.total_cmp(&other.1)).map_or(0, |best| best.0)
    };
    let mut of_candidate: Vec<Option<Runs>> = vec![None; CANDIDATES];
    let mut scored = |number: usize, attack| {
        let own = of_candidate[number]
            .get_or_insert_with(|| runs(|_| Box::new(Scored::new(candidates[number].clone()))));
        own.through(attack)
    };
    let taught = |school: &School, number| runs(|seed| school.policy(number, seed));
    let with = [taught(school, 4), taught(school, LEARNED)];
    let of = |attack: Attack| {
        let without = School::new(Some(attack));
        HeldOut {
            scored: [scored(best(None), attack), scored(best(Some(attack)), attack)],
            table: [with[0].through(attack), taught(&without, 4).through(attack)],
            learned: [with[1].through(attack), taught(&without, LEARNED).through(attack)],
        }
    };
    let all: Vec<HeldOut> = Attack::ALL.into_iter().map(of).collect();
    debug_assert_eq!(all.len(), ATTACKS);
    all
}

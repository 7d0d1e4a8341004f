//! The choice of the scoring: a search from the published one, on seeds that nothing else uses.

use crate::{
    attackers::{ATTACKS, Attack},
    behavior::{SIGNALS, Scoring, Signal, math::Chance},
    measure::{Run, Runs, count},
    people::FAMILIES,
    policies::{Declared, Policy, Scored},
    simulate,
};

/// The seeds of the search.
const SEEDS: std::ops::Range<u64> = 8_000..8_004;

/// The share of attempts that a policy lets through of those that the declared limits do, for each family of attacks, and the
/// sessions in 10 000 that it holds up.
#[derive(Debug, Clone)]
pub struct Judged {
    pub through: [f64; ATTACKS],
    pub held_up: f64,
    /// The same for each family.
    pub families: [f64; FAMILIES.len()],
}

impl Judged {
    /// Returns the figure that is to be small, with one family of attacks left out: twenty sessions in 10 000 that are held up weigh as
    /// much as one attempt in twenty that gets through.
    pub fn cost(&self, left_out: Option<Attack>) -> f64 {
        let attacks = Attack::ALL.iter().filter(|attack| Some(**attack) != left_out);
        let (mut sum, mut number) = (0.0, 0.0);
        for attack in attacks {
            sum += self.through[*attack as usize];
            number += 1.0;
        }
        sum / number + self.held_up / 400.0
    }
}

fn runs(mut policy: impl FnMut() -> Box<dyn Policy>) -> Runs {
    Runs(SEEDS.map(|seed| run(seed, &mut *policy())).collect())
}

fn run(seed: u64, policy: &mut dyn Policy) -> Run {
    count(&simulate::run(simulate::actors(seed, None), policy))
}

/// The attempts that the declared limits alone let through.
pub struct Bare([f64; ATTACKS]);

pub fn bare() -> Bare {
    let bare = runs(|| Box::new(Declared));
    Bare(Attack::ALL.map(|attack| bare.through(attack).mean.max(1.0)))
}

/// Judges a scoring on the seeds of the search.
pub fn judge(scoring: &Scoring, bare: &Bare) -> Judged {
    let runs = runs(|| Box::new(Scored::new(scoring.clone())));
    let through = Attack::ALL.map(|attack| runs.through(attack).mean / bare.0[attack as usize]);
    let families = std::array::from_fn(|family| runs.held_up(&[family]).mean);
    Judged { through, families, held_up: runs.held_up(&[0, 1, 2, 3, 4, 5, 6]).mean }
}

/// Returns a scoring with some numbers changed.
pub fn changed(scoring: &Scoring, chance: &mut Chance, changes: u64) -> Scoring {
    const FACTORS: [f64; 6] = [0.5, 0.67, 0.8, 1.25, 1.5, 2.0];
    let mut one = scoring.clone();
    for _ in 0..changes {
        let factor = FACTORS[chance.below(6) as usize];
        let signal = chance.below(SIGNALS as u64) as usize;
        let untold = [Signal::Quota, Signal::Malformed];
        match chance.below(8) {
            // Nobody is malformed here, and to meet a limit is no offence; so the simulation has nothing to say of these.
            0..=5 if untold.contains(&Signal::ALL[signal]) => {}
            0..=3 => {
                let weight = (one.weights[signal] * factor * 4.0).round() / 4.0;
                one.weights[signal] = weight.clamp(0.25, 3.0);
            }
            4 | 5 => {
                let half_life = one.half_lives[signal] * if factor < 1.0 { 0.5 } else { 2.0 };
                one.half_lives[signal] = half_life.clamp(300.0, 14_400.0);
            }
            6 => {
                let by = if factor < 1.0 { -0.5 } else { 0.5 };
                one.thresholds = one.thresholds.map(|threshold| threshold + by);
            }
            _ => {
                let from = chance.below(4) as usize;
                let by = if factor < 1.0 { -0.25 } else { 0.5 };
                for threshold in &mut one.thresholds[from..] {
                    *threshold += by;
                }
            }
        }
    }
    if one.thresholds.is_sorted() && one.thresholds[0] >= 2.0 { one } else { scoring.clone() }
}

/// Searches from the published scoring: one to four numbers at a time, kept where that is better.
fn search(steps: usize, bare: &Bare) -> (Scoring, Judged) {
    let mut chance = Chance::new(3);
    let mut best = Scoring::PUBLISHED;
    let mut judged = judge(&best, bare);
    for _ in 0..steps {
        let changes = 1 + chance.below(4);
        let next = changed(&best, &mut chance, changes);
        let own = judge(&next, bare);
        if own.cost(None) < judged.cost(None) {
            (best, judged) = (next, own);
        }
    }
    (best, judged)
}

/// Prints what the search finds in so many steps, the published scoring in none.
pub fn print(steps: usize) {
    let bare = bare();
    let (best, judged) = search(steps, &bare);
    for (signal, (weight, half_life)) in
        Signal::ALL.iter().zip(best.weights.iter().zip(best.half_lives))
    {
        println!("{:12} weight {weight:5.2} half-life {half_life:6.0} s", signal.name());
    }
    println!("thresholds {:?}", best.thresholds);
    println!("cost {:.4}, held up {:.1} in 10 000", judged.cost(None), judged.held_up);
    for attack in Attack::ALL {
        println!("{:32} {:.3}", attack.name(), judged.through[attack as usize]);
    }
    for ((_, name, _), held_up) in FAMILIES.iter().zip(judged.families) {
        println!("{name:32} {held_up:.1}");
    }
}

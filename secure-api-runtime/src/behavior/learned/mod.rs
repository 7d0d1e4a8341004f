//! The learned option: a policy that chooses the step of a caller from what followed earlier choices.
//!
//! Linear Thompson sampling, one model for each step of the ladder, older observations discounted. It chooses among the step
//! that a caller is on and those beside it, so it never is above the declared limit and takes one step at a time; a caller
//! without a score is not its business. It is held in four ways: by the guard, which lets it differ from the scored policy
//! only while the account of rewards bears it; by canaries, which let some callers up with a known probability, so that a step
//! that hides its outcome is seen from the other side; by a cap on what one caller teaches in a day; and by an alarm that stops
//! it for an hour where its predictions do not hold any more.

mod guard;
mod linear;
mod pending;

use super::{
    ladder::LOWEST,
    math::{Chance, ln_1p},
    signal::SIGNALS,
    trail::Trail,
};
pub use pending::Pending;
use {
    guard::{Drift, Guard},
    linear::{Estimate, Linear},
};

/// The numbers that a choice is made from: one, the counts of the signals, the proofs.
pub const FEATURES: usize = SIGNALS + 2;

/// The number of steps.
const STEPS: usize = LOWEST as usize + 1;

/// The milliseconds between two choices for one caller. What follows in them is the reward.
const BETWEEN: u64 = 10_000;

/// The probability of a canary: a choice that lets a caller one step up whatever was learned.
pub const CANARY: f64 = 0.05;

/// The width of what is drawn, in standard errors.
const WIDTH: f64 = 0.25;

/// The draws from which a propensity is counted.
const DRAWS: u32 = 32;

/// The choices of one caller in a day that teach anything.
const LESSONS: u8 = 50;

/// The milliseconds in which nothing is learned and nothing differs after an alarm.
const FROZEN: u64 = 3_600_000;

/// The vector that a choice is made from.
pub type Features = [f64; FEATURES];

/// What was learned, in about seven kilobytes, however many callers there are.
#[derive(Debug, Clone)]
pub struct Learned {
    steps: [Linear; STEPS],
    chance: Chance,
    guard: Guard,
    drift: Drift,
    frozen_until: u64,
    log: Option<Vec<Logged>>,
    held: u64,
    choices: u64,
}

/// One choice and what followed: enough to judge another policy by it, before that goes live.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logged {
    /// The step chosen.
    pub step: u8,
    /// The step that the scored policy would have chosen.
    pub scored: u8,
    /// The probability with which this step was chosen.
    pub propensity: f64,
    /// The reward that followed, from 0 to 1.
    pub reward: f64,
    /// The reward that was predicted for the step chosen.
    pub predicted: f64,
    /// The reward that was predicted for the scored policy's.
    pub predicted_of_scored: f64,
}

impl Learned {
    /// Creates a policy that knows nothing, with the seed of its chance.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            steps: std::array::from_fn(|_| Linear::new()),
            chance: Chance::new(seed),
            guard: Guard::default(),
            drift: Drift::default(),
            frozen_until: 0,
            log: None,
            held: 0,
            choices: 0,
        }
    }

    /// Keeps what it knows, for another run of time: with another seed, and with a clock that begins again.
    #[must_use]
    pub fn again(mut self, seed: u64) -> Self {
        self.chance = Chance::new(seed);
        (self.frozen_until, self.held, self.choices) = (0, 0, 0);
        self
    }

    /// Keeps a log of all choices.
    #[must_use]
    pub fn logging(mut self) -> Self {
        self.log = Some(Vec::new());
        self
    }

    /// Takes the log.
    pub fn take_log(&mut self) -> Vec<Logged> {
        self.log.replace(Vec::new()).unwrap_or_default()
    }

    /// Returns the share of choices in which the guard or an alarm had it do as the scored policy does.
    #[must_use]
    pub fn held(&self) -> f64 {
        self.held as f64 / self.choices.max(1) as f64
    }

    /// Ends the last choice for a caller, learns from what followed, and chooses anew, where it is time.
    pub(super) fn follow(&mut self, own: &mut Pending, trail: &Trail, score: f64, now: u64) {
        if score <= 0.0 {
            own.end();
            own.ladder.take(0, now);
            return;
        }
        if !own.is_due(now, BETWEEN) {
            return;
        }
        self.learn(own, now);
        self.choose(own, trail, now);
    }

    fn learn(&mut self, own: &mut Pending, now: u64) {
        let Some(ended) = own.ended() else { return };
        let predicted = self.steps[usize::from(ended.step)].estimate(&ended.features);
        let of_scored = self.steps[usize::from(ended.scored)].estimate(&ended.features);
        self.guard.account(ended.step == ended.scored, ended.reward, &of_scored);
        if let Some(log) = &mut self.log {
            log.push(Logged {
                step: ended.step,
                scored: ended.scored,
                propensity: ended.propensity,
                reward: ended.reward,
                predicted: predicted.mean,
                predicted_of_scored: of_scored.mean,
            });
        }
        if now < self.frozen_until || !own.may_teach(now, LESSONS) {
            return;
        }
        if self.drift.is_alarmed(ended.reward - predicted.mean) {
            self.frozen_until = now + FROZEN;
            for step in &mut self.steps {
                step.doubt();
            }
            return;
        }
        self.steps[usize::from(ended.step)].learn(&ended.features, ended.reward);
    }

    fn choose(&mut self, own: &mut Pending, trail: &Trail, now: u64) {
        self.choices += 1;
        let features = features(trail);
        let (at, scored) = (own.ladder.step(), trail.ladder.step());
        // What the scored policy would do from here, with the same one step.
        let scored = scored.clamp(at.saturating_sub(1), (at + 1).min(LOWEST));
        let up = at.saturating_sub(1);
        let near = up..=(at + 1).min(LOWEST);
        let estimates: [Option<Estimate>; STEPS] = std::array::from_fn(|step| {
            near.contains(&(step as u8)).then(|| self.steps[step].estimate(&features))
        });
        let mut times = [0_u32; STEPS];
        for _ in 0..DRAWS {
            times[self.draw(&estimates, scored)] += 1;
        }
        let drawn = self.draw(&estimates, scored);
        let canary = self.chance.is(CANARY);
        let wanted = if canary { up } else { drawn as u8 };
        let sampled = f64::from(times[usize::from(wanted)] + 1) / f64::from(DRAWS + 1);
        let of_canary = if wanted == up { CANARY } else { 0.0 };
        let mut propensity = (1.0 - CANARY) * sampled.min(1.0) + of_canary;
        let mut step = wanted;
        let differs = wanted != scored && !canary;
        if differs || now < self.frozen_until {
            let bears = match (estimates[usize::from(wanted)], estimates[usize::from(scored)]) {
                (Some(wanted), Some(scored)) => self.guard.bears(&wanted, &scored),
                _ => false,
            };
            if now < self.frozen_until || !bears {
                self.held += 1;
                step = scored;
                propensity = 1.0 - CANARY;
            }
        }
        own.ladder.take(step, now);
        own.begin(now, own.ladder.step(), scored, propensity, &features);
    }

    /// Draws a reward for each step near and returns the one with the highest; of the same rewards the scored policy's.
    fn draw(&mut self, estimates: &[Option<Estimate>; STEPS], scored: u8) -> usize {
        let mut best = (f64::NEG_INFINITY, usize::from(scored));
        for (step, estimate) in estimates.iter().enumerate() {
            if let Some(estimate) = estimate {
                let reward = estimate.mean + WIDTH * estimate.error * self.chance.normal();
                if reward > best.0 {
                    best = (reward, step);
                }
            }
        }
        best.1
    }
}

/// Returns the features of a trail, each about as large as the others.
fn features(trail: &Trail) -> Features {
    let mut features = [1.0; FEATURES];
    for (feature, count) in features[1..=SIGNALS].iter_mut().zip(trail.counts()) {
        *feature = ln_1p(count) / 4.0;
    }
    features[FEATURES - 1] = ln_1p(trail.proofs()) / 4.0;
    features
}

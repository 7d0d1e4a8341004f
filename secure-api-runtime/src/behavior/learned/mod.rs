//! The learned option: a policy that chooses the step of a caller from what followed earlier choices.
//!
//! Linear Thompson sampling, one model for each step of the ladder, older observations discounted. It chooses the step of
//! the scored policy or one beside it, and the caller goes there one step at a time; the highest is the declared limit, and a
//! caller without a score is not its business. It is held in four ways: by the guard, which lets it differ from the scored policy
//! only while the account of rewards bears it; by canaries, which let some callers up with a known probability, so that a step
//! that hides its outcome is seen from the other side; by a cap on what one caller teaches in a day; and by an alarm that stops
//! it for an hour where its predictions do not hold any more.

mod guard;
mod linear;
mod pending;

use super::{
    ladder::LOWEST,
    math::{Chance, ln_1p},
    score::Scoring,
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

/// The probability of a canary: a choice that lets a caller one step up whatever was learned.
pub const CANARY: f64 = 0.05;

/// The width of what is drawn, in standard errors.
const WIDTH: f64 = 0.1;

/// The reward by which another step has to be better than the scored policy's. Less is within what a reward can tell.
const MARGIN: f64 = 0.02;

/// The draws from which a propensity is counted.
const DRAWS: u32 = 32;

/// The choices of one caller in a day that teach anything.
const LESSONS: u8 = 50;

/// The milliseconds in which nothing is learned and nothing differs after an alarm.
const FROZEN: u64 = 3_600_000;

/// The vector that a choice is made from.
pub type Features = [f64; FEATURES];

/// The learned policy, in about eight kilobytes, however many callers there are.
#[derive(Debug, Clone)]
pub struct Learned {
    steps: [Linear; STEPS],
    chance: Chance,
    guard: Guard,
    drift: Drift,
    frozen_until: u64,
    /// The score from which it may differ from the scored policy.
    from: f64,
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
            from: Scoring::PUBLISHED.thresholds[0] / 2.0,
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

    /// Lets it do as the scored policy does for ever, and learn nothing: for a log to compare with.
    #[must_use]
    pub fn frozen(mut self) -> Self {
        self.frozen_until = u64::MAX;
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

    /// Ends the last choice for a caller, learns from what followed, and chooses anew, where it is time; and moves the caller one
    /// step towards what was chosen.
    pub(super) fn follow(&mut self, own: &mut Pending, trail: &Trail, score: f64, now: u64) {
        if score <= 0.0 {
            own.end();
            own.ladder.take(0, now);
            return;
        }
        let scored = trail.ladder.step();
        if own.is_due(scored, now) {
            self.learn(own, now);
            self.choose(own, trail, score, now);
        }
        own.climb(now);
    }

    fn learn(&mut self, own: &mut Pending, now: u64) {
        let Some(ended) = own.ended(now) else { return };
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

    fn choose(&mut self, own: &mut Pending, trail: &Trail, score: f64, now: u64) {
        self.choices += 1;
        let features = features(trail);
        let scored = trail.ladder.step();
        let estimates: [Estimate; STEPS] =
            std::array::from_fn(|step| self.steps[step].estimate(&features));
        let mut times = [0_u32; STEPS];
        for _ in 0..DRAWS {
            times[self.draw(&estimates, scored)] += 1;
        }
        let drawn = self.draw(&estimates, scored) as u8;
        let up = scored.saturating_sub(1);
        let canary = scored > 0 && self.chance.is(CANARY);
        let bears =
            self.guard.bears(&estimates[usize::from(drawn)], &estimates[usize::from(scored)]);
        // A frozen policy and one without savings do as the scored one, and so does anyone for whom there is hardly a score.
        let is_held = now < self.frozen_until || score < self.from || (drawn != scored && !bears);
        let step = match (canary, is_held) {
            (true, _) => up,
            (false, true) => scored,
            (false, false) => drawn,
        };
        self.held += u64::from(is_held && drawn != scored);
        let of_canary = if scored > 0 { CANARY } else { 0.0 };
        let sampled = match is_held {
            true => f64::from(u8::from(step == scored)),
            false => f64::from(times[usize::from(step)] + 1) / f64::from(DRAWS + STEPS as u32),
        };
        let by_canary = if step == up { of_canary } else { 0.0 };
        let propensity = (1.0 - of_canary) * sampled + by_canary;
        own.begin(now, step, scored, propensity, &features);
    }

    /// Draws a reward for the scored policy's step and for those beside it, and returns the one with the highest.
    fn draw(&mut self, estimates: &[Estimate; STEPS], scored: u8) -> usize {
        let scored = usize::from(scored);
        let near = scored.saturating_sub(1)..=(scored + 1).min(STEPS - 1);
        let mut best = (f64::NEG_INFINITY, scored);
        for step in near {
            let Estimate { mean, error } = estimates[step];
            let margin = if step == scored { MARGIN } else { 0.0 };
            let reward = mean + margin + WIDTH * error * self.chance.normal();
            if reward > best.0 {
                best = (reward, step);
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

//! The last choice for one caller, and what has followed it so far.

use super::super::{ladder::Ladder, math::ln_1p};
use super::{FEATURES, Features};

/// The milliseconds between two choices for one caller: enough to go down the whole ladder and see what follows.
const BETWEEN: u64 = 30_000;

/// The milliseconds before which what has followed is too little to learn from.
const TOO_SOON: u64 = 10_000;

/// The logarithm of the signals within one choice than which more are no worse: some 400.
const LOUD: f64 = 6.0;

/// The choice that a caller is under: 160 bytes.
#[derive(Debug, Clone, Default)]
pub struct Pending {
    /// The place of the caller on the ladder, by this policy.
    pub(in super::super) ladder: Ladder,
    /// The milliseconds of the choice.
    at: u64,
    /// `true` after a refusal, until something good comes.
    was_refused: bool,
    features: [f32; FEATURES],
    propensity: f32,
    bad: f32,
    asked: u16,
    refused: u16,
    good: u16,
    /// The day of the lessons.
    day: u16,
    lessons: u8,
    step: u8,
    scored: u8,
    is_open: bool,
    /// `true` if somebody was refused who then proved to be innocent.
    wronged: bool,
}

const _: () = assert!(size_of::<Pending>() <= 160);

/// A choice whose time is over, with its reward.
pub(super) struct Ended {
    pub(super) step: u8,
    pub(super) scored: u8,
    pub(super) propensity: f64,
    pub(super) features: Features,
    pub(super) reward: f64,
}

impl Pending {
    /// Counts a signal that the caller gave, by its weight.
    pub(in super::super) fn bad(&mut self, weight: f64) {
        self.bad += weight as f32;
    }

    /// Counts a proof of innocence.
    pub(in super::super) fn good(&mut self) {
        self.good = self.good.saturating_add(1);
        self.wronged |= self.was_refused;
        self.was_refused = false;
    }

    /// Counts a call, refused or not.
    pub(in super::super) fn asked(&mut self, refused: bool) {
        self.asked = self.asked.saturating_add(1);
        self.refused = self.refused.saturating_add(u16::from(refused));
        self.was_refused |= refused;
    }

    /// Returns `true` if a choice is due: there is none, its time is over, or the scored policy has moved.
    pub(super) fn is_due(&self, scored: u8, now: u64) -> bool {
        !self.is_open || scored != self.scored || now >= self.at + BETWEEN
    }

    /// Goes one step towards what was chosen. What follows counts from where it has come to.
    pub(super) fn climb(&mut self, now: u64) {
        if self.is_open && self.ladder.take(self.step, now) {
            (self.bad, self.asked, self.refused) = (0.0, 0, 0);
        }
    }

    /// Begins a choice.
    pub(super) fn begin(
        &mut self,
        now: u64,
        step: u8,
        scored: u8,
        propensity: f64,
        features: &Features,
    ) {
        self.features = features.map(|feature| feature as f32);
        (self.at, self.step, self.scored, self.is_open) = (now, step, scored, true);
        self.propensity = propensity as f32;
        (self.bad, self.asked, self.refused, self.good, self.wronged) = (0.0, 0, 0, 0, false);
        if step == 0 {
            self.was_refused = false;
        }
    }

    /// Forgets the choice, without a lesson.
    pub(super) fn end(&mut self) {
        self.is_open = false;
    }

    /// Returns the choice whose time is over with its reward, from 0 to 1: less for what was let through that should not be,
    /// much less for one who was refused and then proved to be innocent, a little less for each refusal, since nobody knows.
    pub(super) fn ended(&self, now: u64) -> Option<Ended> {
        if !self.is_open || now < self.at + TOO_SOON {
            return None;
        }
        let through = (ln_1p(self.bad.into()) / LOUD).min(1.0);
        let refused = f64::from(self.refused) / f64::from(self.asked.max(1));
        let wronged = if self.wronged { 0.6 } else { 0.0 };
        let done = if self.good > 0 { 0.1 } else { 0.0 };
        let reward = (0.9 + done - 0.7 * through - 0.2 * refused - wronged).clamp(0.0, 1.0);
        Some(Ended {
            step: self.step,
            scored: self.scored,
            propensity: f64::from(self.propensity),
            features: self.features.map(f64::from),
            reward,
        })
    }

    /// Counts a lesson, and returns `true` if this caller may still teach today.
    pub(super) fn may_teach(&mut self, now: u64, most: u8) -> bool {
        let day = (now / 86_400_000) as u16;
        if self.day != day {
            (self.day, self.lessons) = (day, 0);
        }
        self.lessons = self.lessons.saturating_add(1);
        self.lessons <= most
    }
}

//! Scores that lose half of their points in each half-life.

use crate::{
    expiring::Expiring,
    ledger::{Name, Points, cells::nanos},
};

/// The most scores: some 20 MB.
const MOST: usize = 262_144;
/// The interval of sweeps that evict scores of nothing, in nanoseconds.
const SWEEP_NANOS: u64 = 60_000_000_000;
/// The half-lives after which a score is nothing: a millionth is left.
const OVER: u64 = 20;

/// The scores of one process.
pub(super) struct Scores(Expiring<Name, Score>);

struct Score {
    points: f64,
    at: u64,
}

impl Scores {
    pub(super) fn new() -> Self {
        Self(Expiring::new(SWEEP_NANOS))
    }

    /// Adds points, and returns what the score is now. Where there is no room for another one it is those points alone.
    pub(super) fn add(&mut self, points: &Points, now: u64) -> f64 {
        let Points { name, points, half_life, .. } = *points;
        let half_life = nanos(half_life).max(1);
        if self.0.is_due(now, self.0.len() >= MOST) {
            self.0.sweep(now, |_| ());
        }
        let before = self.0.get(&name, now).map_or(0.0, |score| {
            let half_lives = now.saturating_sub(score.at) as f64 / half_life as f64;
            score.points * (-half_lives).exp2()
        });
        let score = before + points;
        if points > 0.0 && (self.0.len() < MOST || self.0.kept(&name).is_some()) {
            let until = now.saturating_add(half_life.saturating_mul(OVER));
            self.0.insert(name, until, Score { points: score, at: now });
        }
        score
    }
}

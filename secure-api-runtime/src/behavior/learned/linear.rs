//! One linear model: the reward of a step from the features of a caller, by discounted ridge regression.

use super::{FEATURES, Features};

/// The share of an observation that is left after the next one: half after about 3500.
const DISCOUNT: f64 = 0.9998;

/// The strength of what is believed before anything was seen.
const RIDGE: f64 = 1.0;

/// The reward that is believed before anything was seen.
const BELIEVED: f64 = 0.6;

/// The observations of a step, as a matrix and a vector: 1.5 kB.
#[derive(Debug, Clone)]
pub(super) struct Linear {
    seen: [[f64; FEATURES]; FEATURES],
    rewards: Features,
}

/// A predicted reward and its standard error, up to a factor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Estimate {
    pub(super) mean: f64,
    pub(super) error: f64,
}

impl Linear {
    pub(super) fn new() -> Self {
        let mut seen = [[0.0; FEATURES]; FEATURES];
        for (place, row) in seen.iter_mut().enumerate() {
            row[place] = RIDGE;
        }
        let mut rewards = [0.0; FEATURES];
        rewards[0] = RIDGE * BELIEVED;
        Self { seen, rewards }
    }

    /// Adds an observation.
    pub(super) fn learn(&mut self, features: &Features, reward: f64) {
        for (row, own) in features.iter().enumerate() {
            for (column, other) in features.iter().enumerate() {
                let seen = &mut self.seen[row][column];
                *seen = DISCOUNT * *seen + own * other;
            }
            // What is discounted of the belief is put back, so the matrix can always be inverted.
            self.seen[row][row] += (1.0 - DISCOUNT) * RIDGE;
            self.rewards[row] = DISCOUNT * self.rewards[row] + reward * own;
        }
        self.rewards[0] += (1.0 - DISCOUNT) * RIDGE * BELIEVED;
    }

    /// Halves what was seen, so that it is doubted and the next observations weigh more.
    pub(super) fn doubt(&mut self) {
        let new = Self::new();
        for (row, new) in self.seen.iter_mut().zip(new.seen) {
            for (seen, new) in row.iter_mut().zip(new) {
                *seen = (*seen + new) / 2.0;
            }
        }
        for (reward, new) in self.rewards.iter_mut().zip(new.rewards) {
            *reward = (*reward + new) / 2.0;
        }
    }

    /// Predicts the reward of a caller with these features.
    pub(super) fn estimate(&self, features: &Features) -> Estimate {
        let solved = self.solve(features);
        let mean = dot(&solved, &self.rewards);
        Estimate { mean, error: dot(&solved, features).max(0.0).sqrt() }
    }

    /// Solves the matrix for a vector, by Cholesky: it is symmetric and positive by how it is made.
    fn solve(&self, right: &Features) -> Features {
        let mut lower = [[0.0; FEATURES]; FEATURES];
        for row in 0..FEATURES {
            for column in 0..=row {
                let sum = dot_of(&lower[row][..column], &lower[column][..column]);
                let left = self.seen[row][column] - sum;
                lower[row][column] = if row == column {
                    left.max(1e-12).sqrt()
                } else {
                    left / lower[column][column]
                };
            }
        }
        let mut solved = *right;
        for row in 0..FEATURES {
            let sum = dot_of(&lower[row][..row], &solved[..row]);
            solved[row] = (solved[row] - sum) / lower[row][row];
        }
        for row in (0..FEATURES).rev() {
            let below = (row + 1..FEATURES).map(|other| lower[other][row] * solved[other]);
            let sum: f64 = below.sum();
            solved[row] = (solved[row] - sum) / lower[row][row];
        }
        solved
    }
}

fn dot(one: &Features, other: &Features) -> f64 {
    dot_of(one, other)
}

fn dot_of(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behavior::math::Chance;

    #[test]
    fn a_linear_reward_is_learned_and_its_error_shrinks() {
        let mut chance = Chance::new(1);
        let mut linear = Linear::new();
        let mut features = || {
            let mut features: Features = std::array::from_fn(|_| chance.unit());
            features[0] = 1.0;
            features
        };
        let truth = |features: &Features| 0.2 + 0.5 * features[3] - 0.3 * features[7];
        let asked = features();
        let before = linear.estimate(&asked).error;
        for _ in 0..3000 {
            let features = features();
            linear.learn(&features, truth(&features));
        }
        let estimate = linear.estimate(&asked);
        assert!((estimate.mean - truth(&asked)).abs() < 0.01, "{estimate:?}");
        assert!(estimate.error < before / 5.0);
        linear.doubt();
        assert!(linear.estimate(&asked).error > estimate.error);
    }

    #[test]
    fn what_changed_is_forgotten() {
        let mut linear = Linear::new();
        let mut features = [0.0; FEATURES];
        features[0] = 1.0;
        for reward in [1.0, 0.0] {
            for _ in 0..40_000 {
                linear.learn(&features, reward);
            }
        }
        assert!(linear.estimate(&features).mean < 0.01);
    }
}

//! The score: what the signals of a caller weigh, and the terms that explain it.

use std::fmt;

use super::{
    math::ln_1p,
    signal::{SIGNALS, Signal},
    trail::Trail,
};

/// The weights and half-lives of the signals, and the scores at which the ladder is climbed down.
///
/// The score is the sum of weight · ln(1 + count). A logarithm, because the tenth wrong password says less than the second. So
/// one signal alone decides only where it comes often, and several of them sooner.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoring {
    /// The weight of each signal, in the order of [`Signal::ALL`].
    pub weights: [f64; SIGNALS],
    /// The half-life of each counter, in seconds.
    pub half_lives: [f64; SIGNALS],
    /// The scores at which the next lower step is taken, ascending.
    pub thresholds: [f64; 4],
}

impl Scoring {
    /// The published scoring: that which the simulation chose. `book/src/behavior.md` shows by what.
    pub const PUBLISHED: Self = Self {
        weights: [1.5, 2.5, 1.5, 2.25, 2.0, 0.5, 3.0, 1.0, 1.5, 3.0, 3.0],
        half_lives: [
            14400.0, 14400.0, 14400.0, 7200.0, 1800.0, 14400.0, 3600.0, 600.0, 1200.0, 1800.0,
            3600.0,
        ],
        thresholds: [6.5, 6.65, 6.8, 6.95],
    };

    /// The share of a threshold below which a caller may climb up again. Between the two it stays where it is, so that one
    /// who is near a threshold is not moved with each request.
    pub const HYSTERESIS: f64 = 0.75;

    /// Returns the score of a trail at its own time.
    #[must_use]
    pub fn score(&self, trail: &Trail) -> f64 {
        self.of(trail.counts())
    }

    /// Returns the score of counts.
    pub(super) fn of(&self, counts: impl Iterator<Item = f64>) -> f64 {
        let mut sum = 0.0;
        for (weight, count) in self.weights.iter().zip(counts) {
            if count > 0.0 {
                sum += weight * ln_1p(count);
            }
        }
        sum
    }

    /// Returns the score with its terms, the heaviest first.
    #[must_use]
    pub fn explained(&self, trail: &Trail) -> Explained {
        let mut terms = Vec::new();
        for (signal, count) in Signal::ALL.into_iter().zip(trail.counts()) {
            let points = self.weights[signal.index()] * ln_1p(count);
            if points >= 0.05 {
                terms.push(Term { signal, count, points });
            }
        }
        terms.sort_by(|one, other| other.points.total_cmp(&one.points));
        Explained { score: self.score(trail), terms }
    }
}

/// A score and what it consists of.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The score.
    pub score: f64,
    /// The terms of the sum, the heaviest first, without those that add nearly nothing.
    pub terms: Vec<Term>,
}

/// One term of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// The signal.
    pub signal: Signal,
    /// Its decayed count.
    pub count: f64,
    /// The points that it adds to the score.
    pub points: f64,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} =", self.score)?;
        for (number, Term { signal, count, points }) in self.terms.iter().enumerate() {
            let plus = if number == 0 { "" } else { " +" };
            write!(f, "{plus} {points:.1} {} ({count:.1})", signal.name())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R67
    #[test]
    fn a_score_is_explained_by_its_terms() {
        let scoring = Scoring::PUBLISHED;
        let mut trail = Trail::new(1, 0);
        for guess in 0..6 {
            trail.note(Signal::Credentials, guess, 1000 * guess, &scoring);
            trail.note(Signal::Identities, guess, 1000 * guess, &scoring);
        }
        trail.note(Signal::Missing, 1, 5000, &scoring);
        let explained = scoring.explained(&trail);
        let sum: f64 = explained.terms.iter().map(|term| term.points).sum();
        assert!((sum - explained.score).abs() < 1e-9);
        assert_eq!(
            explained.to_string(),
            "9.4 = 5.0 identities (6.2) + 2.9 credentials (6.0) + 1.6 missing (1.0)"
        );
    }

    // R67 in part
    #[test]
    fn without_a_signal_there_is_no_score() {
        assert_eq!(Scoring::PUBLISHED.score(&Trail::new(1, 0)), 0.0);
    }
}

//! The guard of the learned policy: an account of rewards, and an alarm.

use super::linear::Estimate;

/// The share of the scored policy's reward that may be spent on learning.
pub(super) const MAY_LOSE: f64 = 0.05;

/// The account: what was earned, less what the scored policy would have, but for the share that may be lost.
///
/// Where the learned policy did as the scored one does, both have earned the same, and the share is saved up. Where it
/// differed, the scored policy is believed to have earned the most that is likely.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    saved: f64,
}

impl Guard {
    /// Books what followed a choice.
    pub(super) fn account(&mut self, same: bool, reward: f64, scored: &Estimate) {
        let of_scored = if same { reward } else { likely_most(scored) };
        // A long quiet time is not saved up for a bad day.
        self.saved = (self.saved + reward - (1.0 - MAY_LOSE) * of_scored).min(100.0);
    }

    /// Returns `true` if the account bears this choice, should it earn the least and the scored one the most that is likely.
    pub(super) fn bears(&self, wanted: &Estimate, scored: &Estimate) -> bool {
        let least = (wanted.mean - wanted.error).max(0.0);
        self.saved + least - (1.0 - MAY_LOSE) * likely_most(scored) >= 0.0
    }
}

fn likely_most(estimate: &Estimate) -> f64 {
    (estimate.mean + estimate.error).clamp(0.0, 1.0)
}

/// The alarm: Page and Hinkley's test on how far predictions are off.
#[derive(Debug, Clone, Default)]
pub(super) struct Drift {
    mean: f64,
    count: f64,
    sum: f64,
    lowest: f64,
}

impl Drift {
    /// The error beyond the mean that is none.
    const SLACK: f64 = 0.05;

    /// The sum of errors beyond it at which the alarm is raised.
    const ALARM: f64 = 30.0;

    /// Adds the error of a prediction, and returns `true` if predictions do not hold any more. It begins anew then.
    pub(super) fn is_alarmed(&mut self, error: f64) -> bool {
        let error = error.abs();
        self.count += 1.0;
        self.mean += (error - self.mean) / self.count;
        self.sum += error - self.mean - Self::SLACK;
        self.lowest = self.lowest.min(self.sum);
        let alarmed = self.sum - self.lowest > Self::ALARM;
        if alarmed {
            *self = Self::default();
        }
        alarmed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURE: Estimate = Estimate { mean: 0.8, error: 0.0 };

    // R67 in part
    #[test]
    fn a_worse_choice_is_made_only_from_what_was_saved() {
        let mut guard = Guard::default();
        let worse = Estimate { mean: 0.5, error: 0.1 };
        assert!(!guard.bears(&worse, &SURE), "nothing was saved");
        assert!(guard.bears(&Estimate { mean: 0.9, error: 0.1 }, &SURE), "it is no worse");
        for _ in 0..10 {
            guard.account(true, 0.8, &SURE);
        }
        assert!(guard.bears(&worse, &SURE));
        let mut lost = 0;
        while guard.bears(&worse, &SURE) {
            guard.account(false, 0.4, &SURE);
            lost += 1;
        }
        assert!((1..=2).contains(&lost), "a twentieth of ten rewards, and not {lost} worse ones");
    }

    #[test]
    fn the_alarm_is_raised_by_what_is_new_and_not_by_noise() {
        let mut drift = Drift::default();
        assert!((0..5000).all(|n| !drift.is_alarmed(if n % 3 == 0 { 0.3 } else { -0.1 })));
        assert!((0..200).any(|_| drift.is_alarmed(0.7)));
    }
}

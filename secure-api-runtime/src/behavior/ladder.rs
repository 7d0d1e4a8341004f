//! The ladder: how much of its limits a caller has, by its score.

use super::score::Scoring;

/// The share of each limit that is left on a step, the whole first. No step is above the declared limit, and the lowest still
/// lets one call through now and then: nobody is shut out by a score.
pub const FACTORS: [f64; 5] = [1.0, 0.5, 0.25, 0.125, 1.0 / 64.0];

/// The number of the lowest step.
pub const LOWEST: u8 = 4;

/// The milliseconds between two steps of one caller.
pub const INTERVAL: u64 = 5_000;

/// The longest time between two calls that the ladder asks for, in milliseconds. Whoever was judged wrongly is heard again
/// within it.
const LONGEST: u64 = 15 * 60 * 1000;

/// The time of one that has just left the whole limit.
const UNSPENT: u64 = u64::MAX;

/// The place of one caller on the ladder, and how much of its time is spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ladder {
    /// The milliseconds at which the caller has spent nothing any more.
    spent_until: u64,
    /// The milliseconds from which another step may be taken.
    next_at: u64,
    step: u8,
}

impl Ladder {
    /// Returns the step: 0 is the whole limit.
    #[must_use]
    pub fn step(&self) -> u8 {
        self.step
    }

    /// Takes at most one step, down where the score has reached the next threshold, up where it is well below the last one.
    /// Returns `true` if it did.
    pub fn follow(&mut self, score: f64, now: u64, scoring: &Scoring) -> bool {
        let step = self.step;
        let down = scoring.thresholds.get(usize::from(step)).is_some_and(|next| score >= *next);
        let up = match step {
            0 => false,
            step => score < scoring.thresholds[usize::from(step) - 1] * Scoring::HYSTERESIS,
        };
        if !(down || up) {
            return false;
        }
        let to = if down { step + 1 } else { step - 1 };
        self.take(to, now)
    }

    /// Takes this step, or the next one towards it, if the last was long enough ago. Returns `true` if it did.
    pub fn take(&mut self, step: u8, now: u64) -> bool {
        let to = match step.min(LOWEST) {
            step if step > self.step => self.step + 1,
            step if step < self.step => self.step - 1,
            _ => return false,
        };
        if now < self.next_at {
            return false;
        }
        if self.step == 0 {
            self.spent_until = UNSPENT;
        }
        self.next_at = now + INTERVAL;
        self.step = to;
        true
    }

    /// Goes at once to the step of a score that other machines counted, where no step was taken here: there the caller went down
    /// one by one already.
    pub(super) fn join(&mut self, score: f64, now: u64, scoring: &Scoring) {
        if self.next_at == 0 {
            let step = scoring.thresholds.iter().filter(|threshold| score >= **threshold).count();
            while usize::from(self.step) < step && self.step < LOWEST {
                self.next_at = 0;
                self.take(self.step + 1, now);
            }
        }
    }

    /// Spends the caller's time for one call of a route whose limit is one call in so many milliseconds, in a window.
    ///
    /// On the whole limit nothing is spent: the limit itself counts. Below it a call costs its interval divided by the step's
    /// factor, and one who has spent a window of time waits.
    ///
    /// # Errors
    ///
    /// The milliseconds to wait. A refusal spends nothing.
    pub fn spend(&mut self, interval: f64, window: u64, now: u64) -> Result<(), u64> {
        if self.step == 0 {
            return Ok(());
        }
        let factor = FACTORS[usize::from(self.step)];
        let cost = ((interval / factor).ceil() as u64).clamp(1, LONGEST);
        let room = window.clamp(cost, LONGEST);
        // Of the window that it is in, a caller that comes here has the step's share left.
        let from = match self.spent_until {
            UNSPENT => now + ((room as f64 * (1.0 - factor)) as u64).min(room - cost),
            until => until.max(now),
        };
        let until = from + cost;
        match until.saturating_sub(now) {
            ahead if ahead <= room => {
                self.spent_until = until;
                Ok(())
            }
            ahead => Err(ahead - room),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORING: Scoring = Scoring::PUBLISHED;

    /// Returns a ladder that went down so far, and the time at which it did.
    fn at(step: u8) -> (Ladder, u64) {
        let mut ladder = Ladder::default();
        let mut now = 0;
        while ladder.step() < step {
            now += INTERVAL;
            assert!(ladder.follow(100.0, now, &SCORING));
        }
        (ladder, now)
    }

    // R67
    #[test]
    fn one_step_is_taken_in_an_interval() {
        let mut ladder = Ladder::default();
        assert!(ladder.follow(100.0, 0, &SCORING));
        assert!(!ladder.follow(100.0, INTERVAL - 1, &SCORING));
        assert!(ladder.follow(100.0, INTERVAL, &SCORING));
        assert_eq!(ladder.step(), 2);
        assert!(ladder.follow(0.0, 2 * INTERVAL, &SCORING), "and up again");
        assert_eq!(at(LOWEST).0.step(), LOWEST);
    }

    // R67 in part
    #[test]
    fn near_a_threshold_nobody_is_moved_to_and_fro() {
        let (mut ladder, mut now) = at(1);
        let first = SCORING.thresholds[0];
        for score in [first - 0.1, first * 0.8, first - 0.1] {
            now += INTERVAL;
            assert!(!ladder.follow(score, now, &SCORING), "{score}");
        }
        assert!(ladder.follow(first * 0.7, now, &SCORING));
        assert_eq!(ladder.step(), 0);
        assert!(!ladder.follow(0.0, now + INTERVAL, &SCORING), "there is nothing above the limit");
    }

    // R67
    #[test]
    fn a_step_is_a_share_of_the_limit() {
        // 600 in a minute, asked for ten times as fast.
        for step in 0..=LOWEST {
            let (mut ladder, mut now) = at(step);
            let (start, mut admitted) = (now, 0.0);
            while now < start + 3_600_000 {
                admitted += f64::from(u8::from(ladder.spend(100.0, 60_000, now).is_ok()));
                now += 10;
            }
            let asked = 360_000.0;
            let share = if step == 0 { admitted / asked } else { admitted / 36_000.0 };
            let factor = FACTORS[usize::from(step)];
            assert!((share / factor - 1.0).abs() < 0.02, "step {step} lets {share} through");
        }
    }

    // R67 in part
    #[test]
    fn the_lowest_step_still_admits_and_says_how_long_to_wait() {
        let (mut ladder, now) = at(LOWEST);
        // One in an hour: a 64th of it would be one in nearly three days.
        assert_eq!(ladder.spend(3_600_000.0, 3_600_000, now), Ok(()));
        assert_eq!(ladder.spend(3_600_000.0, 3_600_000, now), Err(LONGEST));
        assert_eq!(ladder.spend(3_600_000.0, 3_600_000, now + LONGEST - 1), Err(1));
        assert_eq!(ladder.spend(3_600_000.0, 3_600_000, now + LONGEST), Ok(()));
    }
}

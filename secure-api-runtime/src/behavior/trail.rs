//! The trail of one caller: what is remembered of it, in a fixed number of bytes.

use super::{
    ladder::Ladder,
    math::exp2,
    score::Scoring,
    signal::{SIGNALS, SKETCHED, Signal},
    sketch::Sketch,
};

/// The counters of one caller, their sketches, and its place on the ladder.
#[derive(Debug, Clone)]
pub struct Trail {
    pub(super) subject: u64,
    /// The milliseconds at which the counters have the values that they have.
    at: u64,
    /// The place of the caller on the ladder.
    pub ladder: Ladder,
    sketches: [Sketch; SKETCHED],
    counts: [f32; SIGNALS],
    /// The number of identities that proved to be somebody from here lately.
    proofs: f32,
}

/// The number of proofs beyond which more say nothing. Whoever has so many accounts has something else to lose.
const MOST_PROOFS: f32 = 64.0;

/// The bytes of a trail are a promise: [`Callers`](super::Callers) has a fixed number of them.
const _: () = assert!(size_of::<Trail>() <= 216);

impl Trail {
    /// Creates the empty trail of a subject.
    #[must_use]
    pub fn new(subject: u64, now: u64) -> Self {
        Self {
            subject,
            at: now,
            ladder: Ladder::default(),
            sketches: [Sketch::default(); SKETCHED],
            counts: [0.0; SIGNALS],
            proofs: 0.0,
        }
    }

    /// Returns the milliseconds of the last change.
    #[must_use]
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Returns the counts, each shared among those who proved to be somebody from here: of an office of two hundred ten mistype
    /// their passwords in a morning, and that is no attack.
    pub fn counts(&self) -> impl Iterator<Item = f64> {
        let among = self.among();
        self.counts.iter().map(move |count| f64::from(*count) / among)
    }

    /// Returns the number of identities that proved to be somebody from here lately.
    #[must_use]
    pub fn proofs(&self) -> f64 {
        f64::from(self.proofs)
    }

    /// Decays all counters to this time. Time that goes back changes nothing.
    pub fn decay(&mut self, now: u64, scoring: &Scoring) {
        // Half-lives are minutes, so what a second adds is nothing, and many calls come within one.
        if now < self.at + 1000 {
            return;
        }
        let seconds = (now - self.at) as f64 / 1000.0;
        self.at = now;
        for (count, half_life) in self.counts.iter_mut().zip(scoring.half_lives) {
            if *count > 0.0 {
                *count = (f64::from(*count) * exp2(-seconds / half_life)) as f32;
                // Less than a hundredth of one signal is none, so that a score ends.
                if *count < 0.01 {
                    *count = 0.0;
                }
            }
        }
    }

    /// Counts a signal, and returns as how many it counted. `key` tells distinct ones apart, for those signals of which only
    /// distinct ones count.
    pub fn note(&mut self, signal: Signal, key: u64, now: u64, scoring: &Scoring) -> f32 {
        self.decay(now, scoring);
        let index = signal.index();
        let new = match signal.sketch() {
            Some(sketch) => {
                let generation = now as f64 / 1000.0 / scoring.half_lives[index];
                self.sketches[sketch].add(key, generation as u32)
            }
            None => 1.0,
        };
        self.counts[index] += new;
        new
    }

    /// Raises the counts to those that all machines know, where these are higher. They come weighed by who proved to be somebody
    /// where they were counted. Returns `true` if one was raised.
    pub(super) fn hear(&mut self, counts: &[f64; SIGNALS]) -> bool {
        let among = self.among();
        let mut raised = false;
        for (own, all) in self.counts.iter_mut().zip(counts) {
            let all = (all * among) as f32;
            raised |= all > *own;
            *own = own.max(all);
        }
        raised
    }

    /// Returns the number that each count is shared among.
    pub(super) fn among(&self) -> f64 {
        1.0 + f64::from(self.proofs.min(MOST_PROOFS)) / 4.0
    }

    /// Says how many identities proved to be somebody from here lately. They take nothing away from what was tried, so who signs
    /// in as himself between two guesses has gained next to nothing.
    pub(super) fn prove(&mut self, proofs: f64) {
        self.proofs = proofs as f32;
    }

    /// Returns `true` if nothing is left to remember.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.ladder.step() == 0 && self.counts.iter().all(|count| *count == 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORING: Scoring = Scoring::PUBLISHED;

    fn guessed(guesses: u64, proofs: f64) -> f64 {
        let mut trail = Trail::new(1, 0);
        trail.prove(proofs);
        for guess in 0..guesses {
            trail.note(Signal::Credentials, 0, guess, &SCORING);
            trail.note(Signal::Identities, guess, guess, &SCORING);
        }
        SCORING.score(&trail)
    }

    // R67
    #[test]
    fn a_counter_forgets_half_in_its_half_life_and_ends() {
        let mut trail = Trail::new(1, 0);
        for _ in 0..8 {
            trail.note(Signal::Order, 0, 0, &SCORING);
        }
        let half_life = (SCORING.half_lives[Signal::Order.index()] * 1000.0) as u64;
        trail.decay(half_life, &SCORING);
        assert!((trail.counts().sum::<f64>() - 4.0).abs() < 1e-6);
        trail.decay(half_life / 2, &SCORING);
        assert!((trail.counts().sum::<f64>() - 4.0).abs() < 1e-6, "time does not go back");
        trail.decay(11 * half_life, &SCORING);
        assert!(trail.is_over());
    }

    // R67
    #[test]
    fn the_same_dead_link_is_no_search() {
        let mut trail = Trail::new(1, 0);
        for time in 0..1000 {
            trail.note(Signal::Missing, 7, time, &SCORING);
        }
        let first = SCORING.score(&trail);
        for path in 0..60 {
            trail.note(Signal::Missing, 1000 + path, 1000, &SCORING);
        }
        assert!(first < 1.6 && SCORING.score(&trail) > 4.0 * first);
    }

    // R67
    #[test]
    fn an_office_is_not_one_guesser_and_one_own_account_makes_none() {
        assert!(guessed(20, 0.0) > SCORING.thresholds[1]);
        assert!(guessed(20, 1.0) > SCORING.thresholds[1], "signing in oneself washes nothing away");
        assert!(guessed(20, 100.0) < SCORING.thresholds[0]);
    }
}

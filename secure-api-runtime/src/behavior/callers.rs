//! The trails of all callers: a table of fixed size, and the two questions that the stages ask.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::metrics::Count;

use super::{
    ladder::FACTORS,
    learned::{self, Learned},
    math::mixed,
    proofs::Proofs,
    score::{Explained, Scoring},
    signal::{SIGNALS, Signal},
    trail::Trail,
};

/// The trails that share a place; of them the lightest gives way.
pub const WAYS: usize = 8;

/// The addresses whose proofs are known, 64 kB for all of them.
const ADDRESSES: usize = 4096;

/// A caller as the table knows it: a keyed hash of an address, of a principal, or of the name that somebody tried to sign in
/// with. A caller that cannot choose its hash cannot choose its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject(pub u64);

/// The answer to one who asks if it may call.
#[derive(Debug, Clone, PartialEq)]
pub enum Admission {
    /// The caller has its whole limit.
    Open,
    /// The caller has less than its limit, and enough for this call.
    Tightened,
    /// The caller has used up what the ladder left of its limit.
    Refused {
        /// The milliseconds until a call is admitted.
        wait: u64,
        /// The step that the caller is on.
        step: u8,
        /// The score and its terms.
        explained: Explained,
    },
}

/// The trails of those callers who gave a signal. One who never did is in no table, and asking for it finds nothing.
///
/// A trail has 216 bytes, one of the learned option at most 160 more. Where a place is full the trail with the lowest score
/// gives way, and only to one with a higher score: so whoever fills the table with addresses frees none that is worse, and a
/// newcomer that finds no room is not remembered, which is to its advantage.
#[derive(Debug)]
pub struct Callers {
    pub(super) places: Box<[Mutex<Place>]>,
    proofs: Proofs,
    pub(super) scoring: Scoring,
    learned: Option<Mutex<Learned>>,
    /// The times that callers came to each step.
    steps: [Count; FACTORS.len()],
}

#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) trails: Vec<Trail>,
    /// Choices of the learned option, each for the trail of the same index. Empty without it.
    pending: Vec<learned::Pending>,
}

impl Callers {
    /// Creates a table with room for this many callers, rounded up.
    #[must_use]
    pub fn new(callers: usize, scoring: Scoring) -> Self {
        let places = callers.div_ceil(WAYS).next_power_of_two();
        Self {
            places: (0..places).map(|_| Mutex::default()).collect(),
            proofs: Proofs::new(ADDRESSES),
            scoring,
            learned: None,
            steps: Default::default(),
        }
    }

    /// Lets a learned policy choose the steps, as far as it may.
    #[must_use]
    pub fn learning(mut self, learned: Learned) -> Self {
        self.learned = Some(Mutex::new(learned));
        self
    }

    /// Takes the learned policy out again, with what it knows.
    #[must_use]
    pub fn into_learned(self) -> Option<Learned> {
        self.learned.map(|learned| learned.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the times that callers came to each step, the whole limit first.
    #[allow(dead_code, reason = "only the text of metrics reads it, which is a feature")]
    pub(crate) fn steps(&self) -> Vec<u64> {
        self.steps.iter().map(Count::get).collect()
    }

    fn place(&self, subject: Subject) -> MutexGuard<'_, Place> {
        let number = mixed(subject.0) as usize & (self.places.len() - 1);
        // A trail that was half changed is still a trail: nothing of it is an invariant.
        self.places[number].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a signal of a caller; `key` tells distinct ones apart. Returns what is to be told of it to other machines: as how
    /// many it counted, shared among those who proved to be somebody from here.
    pub fn note(&self, subject: Subject, signal: Signal, key: u64, now: u64) -> f64 {
        let mut place = self.place(subject);
        let own = self.scoring.weights[signal.index()] * std::f64::consts::LN_2;
        let Some(index) = self.find_or_make(&mut place, subject, own, now) else {
            return 0.0;
        };
        let trail = &mut place.trails[index];
        trail.prove(self.proofs.of(subject.0, now));
        let counted = f64::from(trail.note(signal, key, now, &self.scoring)) / trail.among();
        if self.learned.is_some() {
            place.pending[index].bad(self.scoring.weights[signal.index()]);
        }
        self.step(&mut place, index, now);
        counted
    }

    /// Takes over the counts of a caller that all machines have noted together, in the order of [`Signal::ALL`]. One that took no
    /// step here yet is at once on that of its score. Counts that are no higher than those of this machine change nothing.
    pub fn hear(&self, subject: Subject, counts: &[f64; SIGNALS], now: u64) {
        let own = self.scoring.of(counts.iter().copied());
        // Less than that is no term of a score.
        if own < 0.05 {
            return;
        }
        let mut place = self.place(subject);
        let Some(index) = self.find_or_make(&mut place, subject, own, now) else { return };
        let trail = &mut place.trails[index];
        trail.prove(self.proofs.of(subject.0, now));
        trail.decay(now, &self.scoring);
        if trail.hear(counts) {
            let score = self.scoring.score(trail);
            let before = trail.ladder.step();
            trail.ladder.join(score, now, &self.scoring);
            self.count(before, trail.ladder.step());
            if self.learned.is_some() {
                place.pending[index].ladder.join(score, now, &self.scoring);
            }
            self.step(&mut place, index, now);
        }
    }

    /// Notes that an identity proved to be somebody from an address: it signed in, or was let in.
    pub fn prove(&self, address: Subject, identity: u64, now: u64) {
        self.proofs.add(address.0, identity, now);
        if self.learned.is_some() {
            let mut place = self.place(address);
            if let Some(index) = place.find(address) {
                place.pending[index].good();
            }
        }
    }

    /// Asks if a caller may call a route whose limit is one call in so many milliseconds, in a window.
    pub fn admit(&self, subject: Subject, interval: f64, window: u64, now: u64) -> Admission {
        let mut place = self.place(subject);
        let Some(index) = place.find(subject) else { return Admission::Open };
        let trail = &mut place.trails[index];
        trail.prove(self.proofs.of(subject.0, now));
        trail.decay(now, &self.scoring);
        self.step(&mut place, index, now);
        let step = place.step(index);
        let ladder = match self.learned.is_some() {
            true => &mut place.pending[index].ladder,
            false => &mut place.trails[index].ladder,
        };
        let spent = ladder.spend(interval, window, now);
        if self.learned.is_some() {
            place.pending[index].asked(spent.is_err());
        }
        match spent {
            Ok(()) if step == 0 => Admission::Open,
            Ok(()) => Admission::Tightened,
            Err(wait) => {
                let explained = self.scoring.explained(&place.trails[index]);
                Admission::Refused { wait, step, explained }
            }
        }
    }

    /// Returns the step that a caller is on, without a change.
    #[must_use]
    pub fn step_of(&self, subject: Subject) -> u8 {
        let place = self.place(subject);
        place.find(subject).map_or(0, |index| place.step(index))
    }

    /// Returns the score of a caller with its terms, without a change.
    #[must_use]
    pub fn explain(&self, subject: Subject) -> Option<Explained> {
        let place = self.place(subject);
        place.find(subject).map(|index| self.scoring.explained(&place.trails[index]))
    }

    /// Returns the number of callers that are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        let lock = |place: &Mutex<Place>| {
            place.lock().unwrap_or_else(PoisonError::into_inner).trails.len()
        };
        self.places.iter().map(lock).sum()
    }

    /// Returns `true` if nobody is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds the trail of a caller, or makes it, where there is room or one that is worth less than what is noted.
    fn find_or_make(
        &self,
        place: &mut Place,
        subject: Subject,
        own: f64,
        now: u64,
    ) -> Option<usize> {
        if let Some(index) = place.find(subject) {
            return Some(index);
        }
        let trail = Trail::new(subject.0, now);
        if place.trails.len() < WAYS {
            place.trails.push(trail);
            if self.learned.is_some() {
                place.pending.push(learned::Pending::default());
            }
            return Some(place.trails.len() - 1);
        }
        let mut lightest = (f64::INFINITY, 0);
        for (index, other) in place.trails.iter_mut().enumerate() {
            other.decay(now, &self.scoring);
            let score = self.scoring.score(other);
            if score < lightest.0 {
                lightest = (score, index);
            }
        }
        if lightest.0 >= own {
            return None;
        }
        place.trails[lightest.1] = trail;
        if self.learned.is_some() {
            place.pending[lightest.1] = learned::Pending::default();
        }
        Some(lightest.1)
    }

    /// Counts a step that was taken at once.
    fn count(&self, before: u8, step: u8) {
        if before != step {
            self.steps[usize::from(step)].add();
        }
    }

    /// Lets a caller climb, by the score or by what was learned.
    fn step(&self, place: &mut Place, index: usize, now: u64) {
        let trail = &mut place.trails[index];
        let score = self.scoring.score(trail);
        if trail.ladder.follow(score, now, &self.scoring) {
            self.steps[usize::from(trail.ladder.step())].add();
        }
        if let Some(learned) = &self.learned {
            let mut learned = learned.lock().unwrap_or_else(PoisonError::into_inner);
            learned.follow(&mut place.pending[index], trail, score, now);
        }
    }
}

impl Place {
    fn find(&self, subject: Subject) -> Option<usize> {
        self.trails.iter().position(|trail| trail.subject == subject.0)
    }

    pub(super) fn step(&self, index: usize) -> u8 {
        self.pending.get(index).map_or(self.trails[index].ladder.step(), |own| own.ladder.step())
    }
}

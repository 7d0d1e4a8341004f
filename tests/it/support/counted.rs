//! A ledger of tests that is there, or not, or slow, or whose answers are lost.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use secure_api::{clock::Clock, ledger::Memory};

use super::hooked::{Fate, Hooked, Operation};

/// The ledger of some machines, which can be cut off from them, slow, or without a word, and the number of its charges.
pub(crate) struct Counted {
    pub(crate) ledger: Hooked,
    /// `true` while limits are not charged, and nobody is told.
    pub(crate) gone: Arc<AtomicBool>,
    /// `true` while what is charged is not told.
    pub(crate) mute: Arc<AtomicBool>,
    /// The milliseconds after which it is told.
    pub(crate) slow: Arc<AtomicU64>,
    /// `true` while what is asked of records is done, and not told.
    lost: Arc<AtomicBool>,
    /// `true` while records are read, and changed without a word.
    changes_lost: Arc<AtomicBool>,
    /// `true` while it knows no scores.
    pub(crate) scoreless: Arc<AtomicBool>,
    charges: Arc<AtomicUsize>,
    /// The scores that were asked for, and those of them that points were added to.
    scores: Arc<[AtomicUsize; 2]>,
}

impl Counted {
    pub(crate) fn new(clock: &Clock) -> Self {
        let [gone, mute, lost, changes_lost, scoreless] =
            [(); 5].map(|()| Arc::new(AtomicBool::new(false)));
        let (slow, charges) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicUsize::new(0)));
        let counted = Self {
            ledger: Hooked::new(Memory::new(clock.clone()), |_| Fate::Answered),
            gone,
            mute,
            slow,
            lost,
            changes_lost,
            scoreless,
            charges,
            scores: Arc::default(),
        };
        let switches = counted.switches();
        Self { ledger: Hooked::new(Memory::new(clock.clone()), switches), ..counted }
    }

    /// Returns the fate of each question, by the switches.
    fn switches(&self) -> impl Fn(Operation) -> Fate + Send + Sync + 'static {
        let [gone, mute, lost, changes_lost, scoreless] =
            [&self.gone, &self.mute, &self.lost, &self.changes_lost, &self.scoreless]
                .map(Arc::clone);
        let scores = Arc::clone(&self.scores);
        let (slow, charges) = (Arc::clone(&self.slow), Arc::clone(&self.charges));
        move |asked| {
            let is_on = |switch: &AtomicBool| switch.load(Ordering::SeqCst);
            charges.fetch_add(usize::from(asked == Operation::Charge), Ordering::SeqCst);
            if let Operation::Add { asked, added } = asked {
                scores[0].fetch_add(asked, Ordering::SeqCst);
                scores[1].fetch_add(added, Ordering::SeqCst);
            }
            match (asked, slow.load(Ordering::SeqCst)) {
                (Operation::Charge | Operation::Refund | Operation::Add { .. }, _)
                    if is_on(&gone) =>
                {
                    Fate::Failed
                }
                (Operation::Charge, _) if is_on(&mute) => Fate::Untold,
                (Operation::Charge, millis) if millis > 0 => {
                    Fate::Late(Duration::from_millis(millis))
                }
                (Operation::Get, _) if is_on(&lost) => Fate::Untold,
                (Operation::Insert | Operation::Replace, _) if is_on(&changes_lost) => Fate::Untold,
                (Operation::Add { .. }, _) if is_on(&scoreless) => Fate::Failed,
                _ => Fate::Answered,
            }
        }
    }

    /// Returns how often limits were charged.
    pub(crate) fn asked(&self) -> usize {
        self.charges.load(Ordering::SeqCst)
    }

    /// Loses all answers about records from now on, or none.
    pub(crate) fn lose(&self, loses: bool) {
        self.lost.store(loses, Ordering::SeqCst);
        self.lose_changes(loses);
    }

    /// Loses the answers to changes of records from now on, or none.
    pub(crate) fn lose_changes(&self, loses: bool) {
        self.changes_lost.store(loses, Ordering::SeqCst);
    }

    /// Returns how many scores were asked for, and to how many of them points were added.
    pub(crate) fn scores(&self) -> (usize, usize) {
        let [asked, added] = &*self.scores;
        (asked.load(Ordering::SeqCst), added.load(Ordering::SeqCst))
    }
}

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
    charges: Arc<AtomicUsize>,
}

impl Counted {
    pub(crate) fn new(clock: &Clock) -> Self {
        let [gone, mute, lost, changes_lost] = [(); 4].map(|()| Arc::new(AtomicBool::new(false)));
        let (slow, charges) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicUsize::new(0)));
        let counted = Self {
            ledger: Hooked::new(Memory::new(clock.clone()), |_| Fate::Answered),
            gone,
            mute,
            slow,
            lost,
            changes_lost,
            charges,
        };
        let switches = counted.switches();
        Self { ledger: Hooked::new(Memory::new(clock.clone()), switches), ..counted }
    }

    /// Returns the fate of each question, by the switches.
    fn switches(&self) -> impl Fn(Operation) -> Fate + Send + Sync + 'static {
        let [gone, mute, lost, changes_lost] =
            [&self.gone, &self.mute, &self.lost, &self.changes_lost].map(Arc::clone);
        let (slow, charges) = (Arc::clone(&self.slow), Arc::clone(&self.charges));
        move |asked| {
            let is_on = |switch: &AtomicBool| switch.load(Ordering::SeqCst);
            charges.fetch_add(usize::from(asked == Operation::Charge), Ordering::SeqCst);
            match (asked, slow.load(Ordering::SeqCst)) {
                (Operation::Charge | Operation::Refund, _) if is_on(&gone) => Fate::Failed,
                (Operation::Charge, _) if is_on(&mute) => Fate::Untold,
                (Operation::Charge, millis) if millis > 0 => {
                    Fate::Late(Duration::from_millis(millis))
                }
                (Operation::Get, _) if is_on(&lost) => Fate::Untold,
                (Operation::Insert | Operation::Replace, _) if is_on(&changes_lost) => Fate::Untold,
                _ => Fate::Answered,
            }
        }
    }

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
}

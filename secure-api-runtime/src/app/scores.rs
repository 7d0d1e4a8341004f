//! The scores of callers as machines share them: what each counts is told to the ledger behind its answers, and what all of them
//! counted comes back.
//!
//! No request waits for it, and none fails by it. Only the sums are shared: which paths or names were distinct each machine tells
//! for itself.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::Handle,
    time::{sleep, timeout},
};

use crate::{
    behavior::{Callers, SIGNALS, Scoring, Signal, Subject, math::mixed},
    clock::Clock,
    identity::Identity,
    ledger::{AppLedger, LedgerError, Name, Points},
    limit::{AddressKey, Who},
};

/// The time in which what is to be told is gathered.
const PAUSE: Duration = Duration::from_millis(250);
/// The time after which a ledger that says nothing is taken for gone.
const DEADLINE: Duration = Duration::from_secs(1);
/// The callers that one question is about.
const BATCH: usize = 64;
/// The callers of whom something waits to be told: some 300 kB.
const WAITING: usize = 2048;
/// The callers that wait beyond which nobody is asked about who gave no signal here. So a machine asks about 64 in a second at most.
const BUSY: usize = 16;
/// The milliseconds after which the ledger is asked again about a caller who gives no signal here.
const AGAIN: u64 = 300_000;
/// The callers of whom it is known when they were asked about, 128 kB for all of them.
const ASKED: usize = 16_384;

/// The scores that machines share.
pub(super) struct Scores {
    ledger: AppLedger,
    callers: Arc<Callers>,
    clock: Clock,
    /// The names of the signals, in their order.
    signals: [Name; SIGNALS],
    queue: Mutex<Queue>,
    /// The upper half of each tells the caller, the lower when it was asked about.
    asked: Box<[AtomicU64]>,
    silent: AtomicBool,
    /// The callers of whom something was not told.
    dropped: AtomicU64,
}

#[derive(Default)]
struct Queue {
    waiting: HashMap<u64, Told>,
    /// `true` while a task empties it.
    is_emptied: bool,
}

/// The points of one caller that are to be told.
struct Told {
    name: Name,
    slot: Name,
    points: [f64; SIGNALS],
}

/// The caller, as all machines know it.
#[derive(Clone, Copy)]
pub(super) struct Whose<'a> {
    pub(super) address: Option<IpAddr>,
    pub(super) identity: Option<&'a Identity>,
}

impl Scores {
    /// Creates the scores of an app whose machines share a ledger.
    pub(super) fn new(ledger: AppLedger, callers: Arc<Callers>, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            signals: Signal::ALL.map(|signal| ledger.name(&["score", signal.name()])),
            ledger,
            callers,
            clock,
            queue: Mutex::default(),
            asked: (0..ASKED).map(|_| AtomicU64::default()).collect(),
            silent: AtomicBool::new(false),
            dropped: AtomicU64::new(0),
        })
    }

    /// Has other machines told that a caller gave a signal, and this one what they know of it.
    pub(super) fn tell(
        self: &Arc<Self>,
        subject: Subject,
        whose: Whose<'_>,
        (signal, counted): (Signal, f64),
    ) {
        let mut queue = self.queue();
        let room = queue.waiting.len() < WAITING;
        if let Some(told) = queue.told(subject, room, || self.known(whose)) {
            told.points[signal.index()] += counted;
            self.empty(queue);
        } else {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Asks what other machines know of a caller, if that was not asked lately.
    pub(super) fn ask(self: &Arc<Self>, subject: Subject, whose: Whose<'_>, now: u64) {
        let hash = mixed(subject.0 ^ 0x6a09_e667_f3bc_c909);
        let cell = &self.asked[hash as usize % ASKED];
        let (own, last) = (hash >> 32, cell.load(Ordering::Relaxed));
        // Never 0, which is what nobody was asked about at. It wraps after 49 days.
        let at = now.wrapping_add(1) as u32;
        if last >> 32 == own && last != 0 && u64::from(at.wrapping_sub(last as u32)) < AGAIN {
            return;
        }
        let mut queue = self.queue();
        let room = queue.waiting.len() < BUSY;
        if queue.told(subject, room, || self.known(whose)).is_some() {
            cell.store(own << 32 | u64::from(at), Ordering::Relaxed);
            self.empty(queue);
        }
    }

    /// Returns the caller with its name and slot; `None` where it has none.
    fn known(&self, whose: Whose<'_>) -> Option<Told> {
        let address = AddressKey::address(whose.address?);
        let who = Who { identity: whose.identity, ..Who::at(address) };
        let (name, slot) = who.in_common(&self.ledger);
        Some(Told { name, slot, points: [0.0; SIGNALS] })
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Points that were half added are still points.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the queue emptied, unless that is under way.
    fn empty(self: &Arc<Self>, mut queue: MutexGuard<'_, Queue>) {
        if queue.is_emptied {
            return;
        }
        // Without a runtime nothing is told, and what waits is bounded.
        let Ok(runtime) = Handle::try_current() else { return };
        queue.is_emptied = true;
        drop(queue);
        runtime.spawn(Emptied { scores: Arc::clone(self), is_over: false }.run());
    }

    /// Takes all that waits; `None` where nothing does, and the task is over.
    fn taken(&self) -> Option<Vec<(Subject, Told)>> {
        let mut queue = self.queue();
        if queue.waiting.is_empty() {
            queue.is_emptied = false;
            return None;
        }
        Some(queue.waiting.drain().map(|(subject, told)| (Subject(subject), told)).collect())
    }

    /// Tells the ledger of some callers, and takes over what it knows of them.
    async fn exchange(&self, batch: &[(Subject, Told)]) {
        let points: Vec<Points> = batch.iter().flat_map(|(_, told)| self.points(told)).collect();
        let answer = timeout(DEADLINE, self.ledger.add(&points)).await;
        let scores = match answer.unwrap_or_else(|_| Err(LedgerError::new("it says nothing"))) {
            Ok(scores) => scores,
            Err(why) => return self.silenced(batch, &why),
        };
        self.heard();
        let now = self.clock.monotonic_nanos() / 1_000_000;
        for ((subject, _), scores) in batch.iter().zip(scores.as_chunks::<SIGNALS>().0) {
            // A ledger of somebody's own may say anything.
            let sound = |score: f64| if score.is_finite() { score.max(0.0) } else { 0.0 };
            self.callers.hear(*subject, &scores.map(sound), now);
        }
    }

    /// Returns the points of one caller: of all signals, since the score is made of all of them.
    fn points<'a>(&'a self, told: &'a Told) -> impl Iterator<Item = Points> + 'a {
        let half_lives = Scoring::PUBLISHED.half_lives;
        Signal::ALL.into_iter().map(move |signal| Points {
            name: told.name.with(self.signals[signal.index()]),
            slot: told.slot,
            points: told.points[signal.index()],
            half_life: Duration::from_secs_f64(half_lives[signal.index()]),
        })
    }

    fn silenced(&self, batch: &[(Subject, Told)], why: &LedgerError) {
        let lost = batch.iter().filter(|(_, told)| told.points.iter().any(|points| *points > 0.0));
        self.dropped.fetch_add(lost.count() as u64, Ordering::Relaxed);
        if !self.silent.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                target: "secure_api::behavior",
                %why,
                "scores of callers are not shared: each machine goes by its own"
            );
        }
    }

    fn heard(&self) {
        if self.silent.load(Ordering::Relaxed) && self.silent.swap(false, Ordering::Relaxed) {
            let dropped = self.dropped.swap(0, Ordering::Relaxed);
            tracing::info!(
                target: "secure_api::behavior",
                dropped,
                "scores of callers are shared again; of so many callers something was not told"
            );
        }
    }
}

impl Queue {
    /// Returns what is to be told of a caller, with an entry made for it where there is room.
    fn told(
        &mut self,
        subject: Subject,
        room: bool,
        known: impl FnOnce() -> Option<Told>,
    ) -> Option<&mut Told> {
        if room && !self.waiting.contains_key(&subject.0) {
            self.waiting.insert(subject.0, known()?);
        }
        self.waiting.get_mut(&subject.0)
    }
}

/// The task that empties the queue. Where it ends with its runtime, the next who tells begins it anew.
struct Emptied {
    scores: Arc<Scores>,
    is_over: bool,
}

impl Emptied {
    async fn run(mut self) {
        loop {
            sleep(PAUSE).await;
            let Some(waiting) = self.scores.taken() else { break };
            for batch in waiting.chunks(BATCH) {
                self.scores.exchange(batch).await;
            }
        }
        self.is_over = true;
    }
}

impl Drop for Emptied {
    fn drop(&mut self) {
        if !self.is_over {
            self.scores.queue().is_emptied = false;
        }
    }
}

//! Steps and keys in the memory of one process: a bounded number of each, behind short locks.

use std::{
    collections::{HashMap, hash_map},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::{
    After, KEY_TTL,
    store::{Answering, Begun, Claim, FlowStore, Kept, Taken, Undecided},
};
use crate::{clock::Clock, expiring::Expiring, fingerprint::Fingerprint};

/// Steps that are open at once: some 40 MB if all are.
const STEPS: Room = Room { entries: 262_144, bytes: usize::MAX };

/// Keys that are remembered at once, and the bytes of their answers.
const KEYS: Room = Room { entries: 262_144, bytes: 256 * 1024 * 1024 };

/// One caller has at most one in so many of all places, so that nobody fills it alone. It is enough for 45 new
/// keys a minute all day.
const SHARE: usize = 4;

/// The interval of sweeps that evict expired entries.
const SWEEP_NANOS: u64 = 60_000_000_000;

const FULL: Undecided = Undecided("there is no room for another one");

/// The store of a single machine. It forgets everything when the process ends.
pub(crate) struct Memory {
    clock: Clock,
    claims: AtomicU64,
    steps: Mutex<Bounded<Step>>,
    keys: Mutex<Bounded<KeyState>>,
}

/// A step that was done.
struct Step {
    done_at: u64,
    held: Option<Claim>,
}

/// The state of a key, with the fingerprint of the content that it came with.
struct KeyState {
    content: Fingerprint,
    progress: Progress,
}

enum Progress {
    Held(Claim),
    Done(Kept),
}

impl KeyState {
    fn is_held(&self, claim: Claim) -> bool {
        matches!(self.progress, Progress::Held(held) if held == claim)
    }
}

impl Memory {
    pub(crate) fn new(clock: Clock) -> Self {
        Self::with_room(clock, STEPS, KEYS)
    }

    fn with_room(clock: Clock, steps: Room, keys: Room) -> Self {
        let (steps, keys) = (Bounded::new(steps), Bounded::new(keys));
        Self { clock, claims: AtomicU64::new(0), steps: Mutex::new(steps), keys: Mutex::new(keys) }
    }

    fn claim(&self) -> Claim {
        self.claims.fetch_add(1, Ordering::Relaxed)
    }

    /// Returns the present, and the end of a time from now.
    fn times(&self, from_now: Duration) -> (u64, u64) {
        let now = self.clock.monotonic_nanos();
        (now, now.saturating_add(nanos(from_now)))
    }
}

impl FlowStore for Memory {
    fn has_room(&self, caller: Fingerprint) -> Answering<'_, bool> {
        let now = self.clock.monotonic_nanos();
        decided(Ok(lock(&self.steps).has_room(caller, now)))
    }

    fn record(&self, step: Fingerprint, caller: Fingerprint, keep: Duration) -> Answering<'_, ()> {
        let (now, until) = self.times(keep);
        let value = Step { done_at: now, held: None };
        decided(lock(&self.steps).insert(step, caller, value, now, until))
    }

    fn take<'a>(&'a self, step: Fingerprint, after: &'a After) -> Answering<'a, Taken> {
        let now = self.clock.monotonic_nanos();
        let mut steps = lock(&self.steps);
        let taken = match steps.get(&step, now) {
            None => Taken::Refused("the step before was not done"),
            Some(step) => {
                let since = now.saturating_sub(step.done_at);
                if since >= nanos(after.within) {
                    Taken::Refused("the step before was done too long ago")
                } else if since < nanos(after.at_least) {
                    Taken::Refused("the step before was done too recently")
                } else if step.held.is_some() {
                    Taken::Refused("the step before is being used by another request")
                } else {
                    let claim = self.claim();
                    step.held = Some(claim);
                    Taken::Held(claim)
                }
            }
        };
        decided(Ok(taken))
    }

    fn consume(&self, step: Fingerprint, claim: Claim) -> Answering<'_, ()> {
        lock(&self.steps).remove_if(&step, |step| step.held == Some(claim));
        decided(Ok(()))
    }

    fn give_back(&self, step: Fingerprint, claim: Claim) {
        if let Some(step) = lock(&self.steps).entry(&step)
            && step.held == Some(claim)
        {
            step.held = None;
        }
    }

    fn begin(
        &self,
        key: Fingerprint,
        caller: Fingerprint,
        content: Fingerprint,
    ) -> Answering<'_, Begun> {
        let (now, until) = self.times(KEY_TTL);
        let mut keys = lock(&self.keys);
        let begun = match keys.get(&key, now) {
            Some(state) if state.content != content => Ok(Begun::Mismatch),
            Some(KeyState { progress: Progress::Held(_), .. }) => Ok(Begun::InFlight),
            Some(KeyState { progress: Progress::Done(kept), .. }) => Ok(Begun::Done(kept.clone())),
            None => {
                let claim = self.claim();
                let state = KeyState { content, progress: Progress::Held(claim) };
                keys.insert(key, caller, state, now, until).map(|()| Begun::Held(claim))
            }
        };
        decided(begun)
    }

    fn finish(&self, key: Fingerprint, claim: Claim, answer: Kept) -> Answering<'_, ()> {
        let mut keys = lock(&self.keys);
        if keys.entry(&key).is_some_and(|state| state.is_held(claim)) {
            // Without room for its bytes it is still known that there was an answer.
            let fits = keys.grow(&key, answer.size());
            if let Some(state) = keys.entry(&key) {
                state.progress = Progress::Done(if fits { answer } else { Kept::TooLarge });
            }
        }
        decided(Ok(()))
    }

    fn abandon(&self, key: Fingerprint, claim: Claim) {
        lock(&self.keys).remove_if(&key, |state| state.is_held(claim));
    }
}

fn decided<'a, T: Send + 'a>(outcome: Result<T, Undecided>) -> Answering<'a, T> {
    Box::pin(std::future::ready(outcome))
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Locks the memory: an entry changes in one step, so a panic elsewhere under the lock leaves nothing half done.
fn lock<V>(mutex: &Mutex<Bounded<V>>) -> MutexGuard<'_, Bounded<V>> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The capacity of the memory.
#[derive(Clone, Copy)]
struct Room {
    entries: usize,
    bytes: usize,
}

/// A bounded number of entries that end by themselves, none of which is driven out by another.
struct Bounded<V> {
    room: Room,
    entries: Expiring<Fingerprint, Owned<V>>,
    used: Used,
    callers: HashMap<Fingerprint, Used>,
}

/// An entry, and the caller whose share it is part of.
struct Owned<V> {
    caller: Fingerprint,
    bytes: usize,
    value: V,
}

#[derive(Clone, Copy, Default)]
struct Used {
    entries: usize,
    bytes: usize,
}

impl<V> Bounded<V> {
    fn new(room: Room) -> Self {
        let entries = Expiring::new(SWEEP_NANOS);
        Self { room, entries, used: Used::default(), callers: HashMap::new() }
    }

    /// Returns the entry of a key, unless it has expired.
    fn get(&mut self, key: &Fingerprint, now: u64) -> Option<&mut V> {
        self.entries.get(key, now)?;
        self.entry(key)
    }

    /// Returns the entry of a key.
    fn entry(&mut self, key: &Fingerprint) -> Option<&mut V> {
        self.entries.entry(key).map(|owned| &mut owned.value)
    }

    fn has_room(&mut self, caller: Fingerprint, now: u64) -> bool {
        let share = self.room.entries / SHARE;
        let fits = |all: &Self| {
            let own = all.callers.get(&caller).map_or(0, |used| used.entries);
            all.used.entries < all.room.entries && own < share
        };
        if self.entries.is_due(now, !fits(self)) {
            let Self { entries, used, callers, .. } = self;
            entries.sweep(now, |owned| release(used, callers, owned));
        }
        fits(self)
    }

    /// Puts it in, in the place of what was there before.
    fn insert(
        &mut self,
        key: Fingerprint,
        caller: Fingerprint,
        value: V,
        now: u64,
        until: u64,
    ) -> Result<(), Undecided> {
        self.remove_if(&key, |_| true);
        if !self.has_room(caller, now) {
            return Err(FULL);
        }
        self.entries.insert(key, until, Owned { caller, bytes: 0, value });
        self.used.entries += 1;
        self.callers.entry(caller).or_default().entries += 1;
        Ok(())
    }

    /// Charges bytes to an entry, unless they are more than there is room for.
    fn grow(&mut self, key: &Fingerprint, bytes: usize) -> bool {
        let Some(owned) = self.entries.entry(key) else { return false };
        let Some(own) = self.callers.get_mut(&owned.caller) else { return false };
        let fits = self.used.bytes.saturating_add(bytes) <= self.room.bytes
            && own.bytes.saturating_add(bytes) <= self.room.bytes / SHARE;
        if fits {
            owned.bytes += bytes;
            own.bytes += bytes;
            self.used.bytes += bytes;
        }
        fits
    }

    fn remove_if(&mut self, key: &Fingerprint, fits: impl FnOnce(&V) -> bool) {
        if let Some(owned) = self.entries.remove_if(*key, |owned| fits(&owned.value)) {
            release(&mut self.used, &mut self.callers, &owned);
        }
    }
}

fn release<V>(used: &mut Used, callers: &mut HashMap<Fingerprint, Used>, owned: &Owned<V>) {
    used.entries -= 1;
    used.bytes -= owned.bytes;
    if let hash_map::Entry::Occupied(mut own) = callers.entry(owned.caller) {
        own.get_mut().entries -= 1;
        own.get_mut().bytes -= owned.bytes;
        if own.get().entries == 0 {
            own.remove();
        }
    }
}

#[cfg(test)]
mod tests;

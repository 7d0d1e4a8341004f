//! Steps and keys in the memory of one process: a bounded number of each, behind short locks.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

mod bounded;

use bounded::{Bounded, Room};

use super::{
    After, KEY_TTL,
    store::{Answering, Begun, Claim, FlowStore, Kept, Taken, Undecided},
};
use crate::{clock::Clock, fingerprint::Fingerprint};

/// Steps that are open at once: some 40 MB if all are.
const STEPS: Room = Room { entries: 262_144, bytes: usize::MAX };

/// Keys that are remembered at once, and the bytes of their answers.
const KEYS: Room = Room { entries: 262_144, bytes: 256 * 1024 * 1024 };

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
        if let Some(step) = lock(&self.steps).get_mut(&step)
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
        if keys.get_mut(&key).is_some_and(|state| state.is_held(claim)) {
            // Without room for its bytes it is still known that there was an answer.
            let fits = keys.grow(&key, answer.size());
            if let Some(state) = keys.get_mut(&key) {
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

#[cfg(test)]
mod tests;

//! The content of answers that a client has yet to read, over HTTP/2.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

/// The content of answers over HTTP/2: what has begun to be written, and what of it the client took.
#[derive(Debug, Default)]
pub(super) struct Unread {
    /// The number of looks at the connection.
    looks: AtomicU64,
    /// The number of answers by the look at which content of them was last handed over.
    waiting: Mutex<BTreeMap<u64, usize>>,
    /// Pieces of content that were handed over.
    handed: AtomicU64,
    /// Bytes that were handed over and not written. Frames without content count as some, so it is too low rather than too
    /// high.
    pub(super) owed: AtomicU64,
    /// Bytes of those that were written.
    taken: AtomicU64,
    /// The number of times that nothing was owed any more.
    cleared: AtomicU64,
}

impl Unread {
    /// The bytes of content that a client takes at least in the time that it may be silent for.
    const PIECE: u64 = 64 * 1024;

    /// Returns the counts that grow while content is taken: so many bytes, or all there are.
    pub(super) fn signs(&self) -> [u64; 3] {
        let taken = self.taken.load(Relaxed) / Self::PIECE;
        [self.handed.load(Relaxed), taken, self.cleared.load(Relaxed)]
    }

    /// Returns the content that was taken, in 1024 bytes.
    pub(super) fn kilobytes(&self) -> u64 {
        self.taken.load(Relaxed) / 1024
    }

    /// Notes that an answer waits to be read from now on, and since when it waited before.
    pub(super) fn waits(&self, before: Option<u64>) -> u64 {
        let now = self.looks.load(Relaxed);
        if before != Some(now) {
            *self.waiting().entry(now).or_default() += 1;
            self.ends(before);
        }
        now
    }

    /// Notes that an answer which waited since this look does not any more.
    pub(super) fn ends(&self, before: Option<u64>) {
        let Some(before) = before else { return };
        let mut waiting = self.waiting();
        if let Some(count) = waiting.get_mut(&before) {
            *count -= 1;
            if *count == 0 {
                waiting.remove(&before);
            }
        }
    }

    /// Returns the longest time that an answer has waited for, by looks, of which this is the next one.
    pub(super) fn longest(&self, every: Duration) -> Duration {
        let now = self.looks.fetch_add(1, Relaxed) + 1;
        let first = self.waiting().first_key_value().map(|(first, _)| now - first);
        every.saturating_mul(first.unwrap_or_default().try_into().unwrap_or(u32::MAX))
    }

    pub(super) fn waiting(&self) -> MutexGuard<'_, BTreeMap<u64, usize>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn hands(&self, bytes: usize) {
        self.handed.fetch_add(1, Relaxed);
        self.owed.fetch_add(bytes as u64, Relaxed);
    }

    pub(super) fn wrote(&self, bytes: usize) {
        let bytes = bytes as u64;
        let rest = |owed: u64| Some(owed.saturating_sub(bytes));
        let Ok(owed) = self.owed.fetch_update(Relaxed, Relaxed, rest) else { return };
        self.taken.fetch_add(owed.min(bytes), Relaxed);
        if owed != 0 && owed <= bytes {
            self.cleared.fetch_add(1, Relaxed);
        }
    }
}

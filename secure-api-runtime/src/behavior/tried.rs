//! The name that one request tries, as far as the score has to know it: a hash, and nothing that anybody could read.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The place in which a request that takes credentials notes for whom it is. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Tried(Arc<AtomicU64>);

impl Tried {
    /// Notes the keyed hash of a name, in the place of one that was noted before.
    pub fn note(&self, hash: u64) {
        // 0 is nobody.
        self.0.store(hash.max(1), Ordering::Relaxed);
    }

    /// Returns the hash of the name, if one was noted.
    #[must_use]
    pub fn name(&self) -> Option<u64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|hash| *hash != 0)
    }
}

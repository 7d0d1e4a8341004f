//! Verified tokens, remembered, so that a signature is paid for once per token.
//!
//! Only what verified is here. An entry is found by a keyed hash of the whole token, so that a token with
//! another signature is another token, and the tokens themselves are not kept. So it is of one tenant, too.

use std::sync::Arc;

use quick_cache::sync::Cache;

use crate::{fingerprint::Fingerprint, identity::Identity};

/// The capacity in tokens: about 5 MB where they are of common size. Beyond it the least used tokens are verified again.
const CAPACITY: usize = 10_000;

pub(super) struct Remembered(Cache<Fingerprint, Arc<Identity>>);

impl Remembered {
    pub(super) fn new() -> Self {
        Self(Cache::new(CAPACITY))
    }

    /// Returns the identity of a token that was verified before and has not reached its `exp`. There is no leeway here:
    /// past `exp`, a token that the leeway still spares is verified each time.
    pub(super) fn get(&self, token: &Fingerprint, now: i64) -> Option<Arc<Identity>> {
        let identity = self.0.get(token)?;
        if now < identity.expires_at() {
            return Some(identity);
        }
        self.0.remove(token);
        None
    }

    pub(super) fn insert(&self, token: Fingerprint, identity: &Arc<Identity>, now: i64) {
        if now < identity.expires_at() {
            self.0.insert(token, Arc::clone(identity));
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

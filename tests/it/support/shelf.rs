//! A store in memory for a sample that needs no more of one: things by their keys, the same in both halves.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use secure_api::prelude::*;

/// Clones share what is in it, so that a test can look while a server runs.
#[derive(Clone)]
pub(crate) struct Shelf<K, T>(Arc<Mutex<BTreeMap<K, T>>>);

impl<K, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, T> Shelf<K, T> {
    /// Returns the things, for as long as nobody else asks.
    pub(crate) fn things(&self) -> MutexGuard<'_, BTreeMap<K, T>> {
        self.0.lock().expect("no panic under the lock")
    }
}

impl<K: Send + 'static, T: Send + 'static> Store for Shelf<K, T> {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

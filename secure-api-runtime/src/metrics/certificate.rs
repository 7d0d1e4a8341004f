//! The counts of a server's certificates: when each ends, and how renewing them went.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use super::Count;

/// The counts of the certificates that a server serves with.
#[derive(Debug, Default)]
pub(crate) struct CertificateCounts {
    /// The last second of each, since 1970, by the host that it is of.
    ends: Mutex<BTreeMap<String, i64>>,
    /// The times that another pair took the place of one.
    pub(crate) renewed: Count,
    /// The pairs that were to take a place and could not.
    pub(crate) unusable: Count,
}

impl CertificateCounts {
    /// Notes when the certificates end that are served from now on, each by its host: of several of one host the first end counts.
    pub(crate) fn ends(&self, all: impl Iterator<Item = (String, i64)>) {
        let mut ends = BTreeMap::new();
        for (host, at) in all {
            ends.entry(host).and_modify(|first: &mut i64| *first = at.min(*first)).or_insert(at);
        }
        *self.ends.lock().unwrap_or_else(PoisonError::into_inner) = ends;
    }

    /// Returns the end of each, by its host.
    #[cfg(any(feature = "metrics", test))]
    pub(crate) fn all(&self) -> BTreeMap<String, i64> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

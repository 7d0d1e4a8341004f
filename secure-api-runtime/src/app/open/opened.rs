//! The answers that are open: how many of all callers, and of each.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    app::AppBuilder,
    error::{Problem, problem},
    limit::{AddressKey, Who},
    route::Route,
    weakened,
};

impl AppBuilder {
    /// Sets the most answers that may be open at one time, of all callers together: [`Events`](crate::route::Events), which stay open
    /// for an hour, and [`ByteStream`](crate::route::ByteStream). Beyond it is 503. The default is 1000.
    #[must_use]
    pub fn most_open(mut self, answers: usize) -> Self {
        self.settings.most_open = answers;
        self
    }
}

/// The answers that are open: of all callers, and of each.
pub(in crate::app) struct Opened {
    most: usize,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    all: usize,
    of: HashMap<Key, usize>,
}

/// An operation and a caller: the principal, or the address of nobody, as limits count it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    operation: (u64, &'static str),
    caller: Result<Arc<str>, AddressKey>,
}

/// The place of one answer, until it is dropped.
pub(in crate::app) struct OpenPlace {
    opened: Arc<Opened>,
    key: Key,
}

impl Opened {
    pub(in crate::app) fn new(most: usize) -> Self {
        Self { most, counts: Mutex::default() }
    }

    /// Takes a place for an answer of a route to this caller.
    ///
    /// # Errors
    ///
    /// 429 where the caller has as many open as the route lets it, 503 where the app has.
    pub(in crate::app) fn enter(
        self: &Arc<Self>,
        route: &Route,
        who: Who<'_>,
    ) -> Result<OpenPlace, Problem> {
        let caller = who.identity.map(|identity| identity.id().as_str().into());
        let caller = caller.ok_or(who.address);
        let key = Key { operation: (route.path_key, route.name), caller };
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let own = counts.of.get(&key).copied().unwrap_or_default();
        if route.options.open.is_some_and(|most| own >= most) && !weakened::is("open") {
            return Err(Problem::new(&problem::QUOTA_EXCEEDED)
                .retry_after(1)
                .violated(vec!["open"])
                .because("the caller has as many answers open as the route lets it"));
        }
        if counts.all >= self.most && !weakened::is("open-all") {
            return Err(Problem::unavailable("as many answers are open as the app lets all have")
                .retry_after(1)
                .event("excess_rate_limit_exceeded"));
        }
        counts.all += 1;
        *counts.of.entry(key.clone()).or_default() += 1;
        Ok(OpenPlace { opened: Arc::clone(self), key })
    }
}

impl Drop for OpenPlace {
    fn drop(&mut self) {
        let mut counts = self.opened.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all = counts.all.saturating_sub(1);
        if let Some(own) = counts.of.get_mut(&self.key) {
            *own -= 1;
            if *own == 0 {
                counts.of.remove(&self.key);
            }
        }
    }
}

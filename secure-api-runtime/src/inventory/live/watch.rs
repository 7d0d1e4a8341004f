//! The watch over an app's traffic: what is called, by whom, and what is called that is not there.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{
    LiveClient, LiveInventory, LiveOperation, UnmatchedPath,
    closings::Closings,
    path::{is_noise, normalized},
};
use crate::{fingerprint::BuildHeld, metrics::Metrics};

/// The clients of an operation that are told apart, 5 kB for all of them.
const CLIENTS: usize = 64;

/// The paths that nothing answers and are remembered.
const PATHS: usize = 512;

/// The watch over an app's traffic.
#[derive(Debug)]
pub(crate) struct Live {
    since: i64,
    metrics: Arc<Metrics>,
    pub(super) operations: Mutex<Vec<Arc<Calls>>>,
    unmatched: Mutex<HashMap<(String, String), Unmatched>>,
    pub(super) closings: Mutex<Closings>,
    /// The operations as they were seen before the process began, until each is watched again.
    earlier: Mutex<Vec<LiveOperation>>,
    /// `true` if something was seen since it was last kept.
    changed: AtomicBool,
}

/// The calls of one operation in one version.
#[derive(Debug)]
pub(crate) struct Calls {
    pub(super) seen: Mutex<Seen>,
    pub(super) closed: AtomicBool,
}

#[derive(Debug)]
pub(super) struct Seen {
    pub(super) told: LiveOperation,
    /// The places of clients in the list, by a hash of this process.
    places: HashMap<u64, usize, BuildHeld>,
    refused: HashMap<&'static str, u64>,
}

#[derive(Debug)]
struct Unmatched {
    told: UnmatchedPath,
    /// The hash of the client that asked first, in this process.
    by: Option<u64>,
}

impl Live {
    /// Begins to watch, with what was seen before.
    pub(crate) fn new(now: i64, metrics: Arc<Metrics>, earlier: Option<LiveInventory>) -> Self {
        let earlier = earlier.unwrap_or_else(|| LiveInventory { since: now, ..Default::default() });
        let LiveInventory { since, operations, unmatched, closed, acts } = earlier;
        let unmatched = unmatched
            .into_iter()
            .map(|told| ((told.method.clone(), told.path.clone()), Unmatched { told, by: None }));
        Self {
            since,
            metrics,
            operations: Mutex::default(),
            unmatched: Mutex::new(unmatched.collect()),
            closings: Mutex::new(Closings::kept(closed, acts)),
            earlier: Mutex::new(operations),
            changed: AtomicBool::new(false),
        }
    }

    /// Watches one operation in one version, which holds its calls.
    pub(crate) fn watch(
        &self,
        operation: &'static str,
        version: &'static str,
        (deprecated, sunset): (Option<i64>, Option<i64>),
    ) -> Arc<Calls> {
        let is_it = |seen: &LiveOperation| seen.operation == operation && seen.version == version;
        let mut earlier = locked(&self.earlier);
        let place = earlier.iter().position(is_it);
        let told = place.map(|place| earlier.swap_remove(place)).unwrap_or_default();
        let told = LiveOperation {
            operation: operation.to_owned(),
            version: version.to_owned(),
            deprecated,
            sunset,
            ..told
        };
        let closed = locked(&self.closings).is_closed(operation);
        let seen = Seen { told, places: HashMap::default(), refused: HashMap::new() };
        let calls = Arc::new(Calls { seen: Mutex::new(seen), closed: AtomicBool::new(closed) });
        locked(&self.operations).push(Arc::clone(&calls));
        calls
    }

    /// Notes a call, and by what problem it was refused. The client has a hash of this process and, where it is new, a name that
    /// outlasts it.
    pub(crate) fn call(
        &self,
        calls: &Calls,
        now: i64,
        refused: Option<&'static str>,
        (key, name): (u64, impl FnOnce() -> String),
    ) {
        let mut seen = locked(&calls.seen);
        let Seen { told, places, refused: refusals } = &mut *seen;
        told.calls += 1;
        told.first.get_or_insert(now);
        told.last = Some(now);
        if let Some(problem) = refused {
            *refusals.entry(problem).or_default() += 1;
        }
        let place = places.get(&key).copied().or_else(|| {
            // A full list and all of them known: this is none of them.
            let is_full = told.clients.len() >= CLIENTS;
            if is_full && places.len() >= CLIENTS {
                return None;
            }
            let client = name();
            let found = told.clients.iter().position(|known| known.client == client);
            let place = found.or_else(|| {
                (!is_full).then(|| {
                    told.clients.push(LiveClient { client, first: now, ..Default::default() });
                    told.clients.len() - 1
                })
            });
            if let Some(place) = place {
                places.insert(key, place);
            }
            place
        });
        match place.and_then(|place| told.clients.get_mut(place)) {
            Some(client) => {
                client.calls += 1;
                client.last = now;
            }
            None => told.others += 1,
        }
        if told.zombie_since.is_none() && told.deprecated.is_some_and(|since| now >= since) {
            told.zombie_since = Some(now);
            self.metrics.zombies.add();
            tracing::warn!(
                target: "secure_api::inventory",
                operation = told.operation,
                version = told.version,
                "a zombie: it is deprecated and still called"
            );
        }
        drop(seen);
        self.change();
    }

    /// Notes a request that nothing answers, by a client with this hash.
    pub(crate) fn nothing(&self, method: &str, path: &str, now: i64, client: u64) {
        let key = (method.chars().take(16).collect(), normalized(path));
        let mut unmatched = locked(&self.unmatched);
        if unmatched.len() >= PATHS && !unmatched.contains_key(&key) {
            // The one that was last asked for longest ago gives way, unless it is a shadow.
            let once = unmatched.iter().filter(|(_, path)| path.told.clients < 2);
            let oldest = once.min_by_key(|(_, path)| path.told.last).map(|(key, _)| key.clone());
            match oldest {
                Some(oldest) => unmatched.remove(&oldest),
                None => return,
            };
        }
        let Unmatched { told, by } = unmatched.entry(key).or_insert_with_key(|(method, normal)| {
            let noise = is_noise(path);
            let (method, path) = (method.clone(), normal.clone());
            let told = UnmatchedPath { method, path, noise, first: now, ..Default::default() };
            Unmatched { told, by: None }
        });
        told.calls += 1;
        told.last = now;
        match by {
            None => {
                *by = Some(client);
                told.clients = told.clients.max(1);
            }
            Some(first) if *first != client && told.clients < 2 => {
                told.clients = 2;
                if !told.noise {
                    self.metrics.shadows.add();
                    tracing::warn!(
                        target: "secure_api::inventory",
                        method = told.method,
                        path = told.path,
                        "a shadow: several clients ask for what is not there"
                    );
                }
            }
            Some(_) => {}
        }
        drop(unmatched);
        self.change();
    }

    /// Returns what was seen so far.
    pub(crate) fn seen(&self) -> LiveInventory {
        let operations = locked(&self.operations).iter().map(|calls| calls.told()).collect();
        let unmatched = locked(&self.unmatched);
        let mut unmatched: Vec<_> = unmatched.values().map(|path| path.told.clone()).collect();
        unmatched.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
        let (closed, acts) = locked(&self.closings).told();
        LiveInventory { since: self.since, operations, unmatched, closed, acts }
    }

    /// Returns the names of those clients that were seen in this process, by their hashes in it.
    pub(crate) fn names(&self) -> HashMap<u64, String> {
        let mut names = HashMap::new();
        for calls in locked(&self.operations).iter() {
            let seen = locked(&calls.seen);
            let named = seen.places.iter().filter_map(|(key, place)| {
                seen.told.clients.get(*place).map(|client| (*key, client.client.clone()))
            });
            names.extend(named);
        }
        names
    }

    /// Notes that something is to be kept.
    pub(super) fn change(&self) {
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Returns `true` if something was seen since this was last asked.
    pub(super) fn has_changed(&self) -> bool {
        self.changed.swap(false, Ordering::Relaxed)
    }
}

impl Calls {
    /// Returns `true` if the operation was closed before its sunset.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    fn told(&self) -> LiveOperation {
        let seen = locked(&self.seen);
        let mut told = seen.told.clone();
        for (problem, count) in &seen.refused {
            *told.refused.entry((*problem).to_owned()).or_default() += count;
        }
        told
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Counts that were half changed are still counts.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! The watch over an app's traffic: what is called, by whom, and what is called that is not there.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use super::{
    ClosedOperation, LiveClient, LiveInventory, LiveOperation, UnmatchedPath,
    path::{is_noise, normalized},
};
use crate::{clock::Clock, fingerprint::BuildHeld, metrics::Metrics};

/// The clients of an operation that are told apart, 5 kB for all of them.
const CLIENTS: usize = 64;

/// The one who closes what is stated to be closed.
pub(crate) const CONFIGURATION: &str = "the configuration";

/// The paths that nothing answers and are remembered.
const PATHS: usize = 512;

/// The watch over an app's traffic.
#[derive(Debug)]
pub(crate) struct Live {
    since: i64,
    metrics: Arc<Metrics>,
    operations: Mutex<Vec<Arc<Calls>>>,
    unmatched: Mutex<HashMap<(String, String), Unmatched>>,
    closed: Mutex<Vec<ClosedOperation>>,
    /// The operations as they were seen before the process began, until each is watched again.
    earlier: Mutex<Vec<LiveOperation>>,
    /// `true` if something was seen since it was last kept.
    changed: AtomicBool,
    /// The second that it is, and the nanoseconds of the app's clock at which that was read.
    second: (AtomicI64, AtomicU64),
}

/// The calls of one operation in one version.
#[derive(Debug)]
pub(crate) struct Calls {
    seen: Mutex<Seen>,
    closed: AtomicBool,
}

#[derive(Debug)]
struct Seen {
    told: LiveOperation,
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
        let LiveInventory { since, operations, unmatched, mut closed } = earlier;
        // The configuration says it anew, or does not.
        closed.retain(|closed| closed.by != CONFIGURATION);
        let unmatched = unmatched
            .into_iter()
            .map(|told| ((told.method.clone(), told.path.clone()), Unmatched { told, by: None }));
        Self {
            since,
            metrics,
            operations: Mutex::default(),
            unmatched: Mutex::new(unmatched.collect()),
            closed: Mutex::new(closed),
            earlier: Mutex::new(operations),
            changed: AtomicBool::new(false),
            second: (AtomicI64::new(now), AtomicU64::new(0)),
        }
    }

    /// Returns the second that it is at a time of the app's clock, of which one more passes at most before it is noticed. The
    /// system's time is read once in each: a reading for every call would cost as much as all else here.
    pub(crate) fn second(&self, clock: &Clock, at: u64) -> i64 {
        const SECOND: u64 = 1_000_000_000;

        let (second, read) = &self.second;
        let last = read.load(Ordering::Relaxed);
        if at.abs_diff(last) < SECOND {
            return second.load(Ordering::Relaxed);
        }
        let now = clock.unix_seconds();
        second.store(now, Ordering::Relaxed);
        read.store(at, Ordering::Relaxed);
        now
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
        let closed = locked(&self.closed).iter().any(|closed| closed.operation == operation);
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
        self.changed.store(true, Ordering::Relaxed);
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
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Closes an operation in all its versions: from now on it answers 410. `false` if there is none of this name, or it is closed.
    pub(crate) fn close(&self, operation: &str, reason: &str, by: &str, now: i64) -> bool {
        let mut closed = locked(&self.closed);
        let all = locked(&self.operations);
        let own: Vec<_> =
            all.iter().filter(|calls| locked(&calls.seen).told.operation == operation).collect();
        if own.is_empty() || closed.iter().any(|closed| closed.operation == operation) {
            return false;
        }
        let (name, why) = (operation.to_owned(), reason.to_owned());
        closed.push(ClosedOperation {
            operation: name,
            reason: why,
            by: by.to_owned(),
            since: now,
        });
        own.iter().for_each(|calls| calls.closed.store(true, Ordering::Relaxed));
        tracing::warn!(target: "secure_api::audit", operation, reason, by, "an operation was closed");
        self.changed.store(true, Ordering::Relaxed);
        true
    }

    /// Returns what was seen so far.
    pub(crate) fn seen(&self) -> LiveInventory {
        let operations = locked(&self.operations).iter().map(|calls| calls.told()).collect();
        let unmatched = locked(&self.unmatched);
        let mut unmatched: Vec<_> = unmatched.values().map(|path| path.told.clone()).collect();
        unmatched.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
        LiveInventory {
            since: self.since,
            operations,
            unmatched,
            closed: locked(&self.closed).clone(),
        }
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

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Counts that were half changed are still counts.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

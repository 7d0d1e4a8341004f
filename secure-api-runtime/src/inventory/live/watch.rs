//! The watch over an app's traffic: what is called, by whom, and what is called that is not there.

use std::{
    cell::LazyCell,
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use tokio::sync::Notify;

use super::{
    LiveClient, LiveOperation,
    closings::Closings,
    held::Part,
    merged::CLIENTS,
    path::{is_noise, normalized},
    room::{PATHS, gives_way},
};
use crate::{
    clock::Clock, error::problem, fingerprint::BuildHeld, inventory::UndeclaredPath,
    metrics::Metrics, observe::Audited,
};

/// The watch over an app's traffic.
#[derive(Debug)]
pub(crate) struct Live {
    pub(super) since: i64,
    pub(super) metrics: Arc<Metrics>,
    pub(super) audited: Audited,
    pub(super) operations: Mutex<Vec<Arc<Calls>>>,
    pub(super) unmatched: Mutex<HashMap<(String, String), Unmatched>>,
    pub(super) closings: Mutex<Closings>,
    /// The parts that are kept elsewhere, as they were read last, with what is on its way there.
    pub(super) parts: Vec<Mutex<Part>>,
    /// The notice that something is not to wait until it is kept.
    pub(super) urgent: Arc<Notify>,
    /// The second that it is, and the nanoseconds of the app's clock at which that was read.
    second: (AtomicI64, AtomicU64),
}

/// The calls of one operation in one version, since they were last kept.
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
    pub(super) refused: HashMap<&'static str, u64>,
}

#[derive(Debug)]
pub(super) struct Unmatched {
    pub(super) told: UndeclaredPath,
    /// The hash of the client that asked first, in this process.
    by: Option<u64>,
}

impl Live {
    /// Begins to watch. It is kept in so many parts.
    pub(crate) fn new(now: i64, metrics: Arc<Metrics>, parts: usize, audited: Audited) -> Self {
        Self {
            since: now,
            metrics,
            audited,
            operations: Mutex::default(),
            unmatched: Mutex::default(),
            closings: Mutex::default(),
            parts: (0..parts.max(1)).map(|_| Mutex::new(Part::new(now))).collect(),
            urgent: Arc::default(),
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
        let kept = self.kept(operation, version);
        let told = LiveOperation {
            operation: operation.to_owned(),
            version: version.to_owned(),
            since: Some(self.since),
            deprecated,
            sunset,
            zombie_since: kept.and_then(|kept| kept.zombie_since),
            ..Default::default()
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
        add(&mut told.calls);
        told.first.get_or_insert(now);
        told.last = Some(now);
        if let Some(problem) = refused {
            refuse(told, refusals, problem, now);
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
                add(&mut client.calls);
                client.last = now;
            }
            None => add(&mut told.others),
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
    }

    /// Notes a request that was refused before anybody knew whose it is. It is no call: whoever has the address can send it, so it
    /// makes no client and no zombie, and an orphan stays one.
    pub(crate) fn stranger(&self, calls: &Calls, now: i64, problem: &'static str) {
        let Seen { told, refused, .. } = &mut *locked(&calls.seen);
        add(&mut told.strangers);
        refuse(told, refused, problem, now);
    }

    /// Notes a request that nothing answers. The client has a hash of this process, and a name that outlasts it, as its network has
    /// one.
    pub(crate) fn nothing(
        &self,
        (method, path): (&str, &str),
        now: i64,
        (client, names): (u64, impl FnOnce() -> (String, String)),
    ) {
        let names = LazyCell::new(names);
        let key: (String, String) = (method.chars().take(16).collect(), normalized(path));
        // Whoever keeps a part locks that before this list, and so does this.
        let is_known = locked(&self.unmatched).contains_key(&key);
        let kept = if is_known { None } else { self.kept_path(&key.1, &key.0) };
        let mut unmatched = locked(&self.unmatched);
        if !unmatched.contains_key(&key) {
            let (clients, of, network, noise) = match kept {
                Some(kept) => (kept.clients, kept.client, kept.network, kept.noise),
                None => (0, None, None, is_noise(path)),
            };
            let (method, path) = key.clone();
            let network = network.or_else(|| Some(names.1.clone()));
            let told = UndeclaredPath {
                method,
                path,
                noise,
                clients,
                client: of,
                network,
                first: now,
                last: now,
                ..Default::default()
            };
            if unmatched.len() >= PATHS {
                let least = gives_way(unmatched.values().map(|one| &one.told), &told);
                let least = least.map(|one| (one.method.clone(), one.path.clone()));
                let Some(least) = least else { return };
                unmatched.remove(&least);
            }
            unmatched.insert(key.clone(), Unmatched { told, by: None });
        }
        let Some(Unmatched { told, by }) = unmatched.get_mut(&key) else { return };
        add(&mut told.calls);
        told.last = now;
        // Of the paths that are one without what differs, some may be of this API.
        if told.noise && !is_noise(path) {
            told.noise = false;
            if told.clients > 1 {
                self.shadow(told);
            }
        }
        if told.clients > 1 || *by == Some(client) {
            return;
        }
        if *told.client.get_or_insert_with(|| names.0.clone()) == names.0 {
            (*by, told.clients) = (Some(client), 1);
        } else {
            self.shadow(told);
        }
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
}

impl Calls {
    /// Returns `true` if the operation was closed before its sunset.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }
}

/// Counts one more. A count that was kept may be any, and one that began anew would say that nobody calls.
fn add(count: &mut u64) {
    *count = count.saturating_add(1);
}

/// Counts a refusal.
fn refuse(
    told: &mut LiveOperation,
    refused: &mut HashMap<&'static str, u64>,
    problem: &'static str,
    now: i64,
) {
    add(refused.entry(problem).or_default());
    if [problem::INTERNAL.uri(), problem::UNAVAILABLE.uri()].contains(&problem) {
        told.failed = Some(now);
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Counts that were half changed are still counts.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;

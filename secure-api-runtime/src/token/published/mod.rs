//! The keys that an issuer publishes: fetched, kept current, and held on to while it does not answer.
//!
//! What is in memory decides at once. A fetch is a task of its own, one at a time for each issuer, so that whoever caused it may
//! go away.

mod jwk;
mod lookout;
mod metadata;
mod set;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{runtime::Handle, sync::watch};

use self::set::{KeySet, LeftOut};
pub(super) use self::{jwk::PublishedKey, metadata::Metadata};
use super::refusal::{Outage, Refusal, Unverified};
use crate::{
    clock::Clock,
    outbound::{Endpoint, Fault, Fetcher},
};

/// The seconds for which a set is fresh where its answer does not say.
const FRESH: i64 = 600;
/// The least and the most seconds for which a set is taken to be fresh, whatever its answer says: an issuer that forbids to keep it
/// is asked once a minute, and a key that it withdraws counts for an hour at most.
const FRESH_WITHIN: std::ops::RangeInclusive<i64> = 60..=3600;
/// The share of that time after which a set is fetched again, in percent: ahead of its end, so that nobody waits.
const AHEAD: i64 = 80;
/// The seconds for which the last good set counts while the issuer does not answer, unless the app says: long enough to mend it,
/// and longer than access tokens live; short enough that a withdrawn key does not count for another day.
pub(crate) const KEPT: i64 = 6 * 3600;
/// The seconds between the beginnings of two fetches, whatever is asked for.
const INTERVAL: i64 = 10;
/// The seconds after which a fetch that failed is tried again by itself.
const RETRY: i64 = 30;
/// The seconds for which an id is known to be nobody's.
const MISSING: i64 = 60;
/// The most ids that are known to be nobody's. They are made up by whoever sends tokens.
const MOST_MISSING: usize = 256;
/// The seconds between two looks at the clock, at most: it may have been set, or the machine asleep.
const LOOK: i64 = 60;

/// The place that an issuer's keys are fetched from.
pub(super) enum KeysAt {
    /// The URL that its discovery document names.
    Discovered,
    /// A URL that the app states.
    Stated(Endpoint),
}

/// The keys that one issuer publishes.
pub(super) struct Published {
    issuer: Arc<str>,
    at: KeysAt,
    /// The seconds for which the last good set counts.
    kept: i64,
    fetcher: Arc<Fetcher>,
    clock: Clock,
    state: Mutex<State>,
}

/// Times are seconds of the clock's monotonic scale.
struct State {
    keys: KeySet,
    /// The end of the keys.
    kept_until: i64,
    /// The time of the next fetch that nobody has to ask for.
    due: i64,
    /// The time at which the last fetch began.
    began: Option<i64>,
    failed: bool,
    /// The fetch that is under way; it is over once its sender is gone.
    flight: Option<watch::Receiver<()>>,
    /// The task that looks if a fetch is due; it is over once its sender is gone.
    lookout: Option<watch::Receiver<()>>,
    /// Ids that a fetch did not find, until a time.
    missing: HashMap<String, i64>,
    /// Ids that the last fetch no longer found.
    withdrawn: Vec<String>,
}

/// A fetch that is under way.
pub(super) struct Flight(watch::Receiver<()>);

impl Flight {
    /// Waits for its end, however it ends.
    pub(super) async fn landed(mut self) {
        while self.0.changed().await.is_ok() {}
    }
}

impl Published {
    pub(super) fn new(
        issuer: Arc<str>,
        at: KeysAt,
        kept: i64,
        fetcher: Arc<Fetcher>,
        clock: Clock,
    ) -> Self {
        let state = State {
            keys: KeySet::default(),
            kept_until: i64::MIN,
            due: i64::MIN,
            began: None,
            failed: false,
            flight: None,
            lookout: None,
            missing: HashMap::new(),
            withdrawn: Vec::new(),
        };
        Self { issuer, at, kept, fetcher, clock, state: Mutex::new(state) }
    }

    /// Begins to fetch the keys, before somebody needs them.
    pub(super) fn start(self: &Arc<Self>) {
        let now = self.now();
        let mut state = self.state();
        if now >= state.due {
            _ = self.fetch(&mut state, now);
        }
    }

    /// Returns `true` if there is a key that counts.
    pub(super) fn are_there(&self) -> bool {
        self.state().is_good(self.now())
    }

    /// Returns the key that a token names. `looked` says that a fetch has been waited for.
    pub(super) fn find(
        self: &Arc<Self>,
        id: Option<&str>,
        looked: bool,
    ) -> Result<Arc<PublishedKey>, Unverified> {
        let now = self.now();
        let mut state = self.state();
        // A set without a key tells nobody's tokens from anybody's.
        if state.is_good(now) {
            if now >= state.due {
                _ = self.fetch(&mut state, now);
            }
            if let Some(key) = state.keys.find(id) {
                return Ok(Arc::clone(key));
            }
            let Some(id) = id else { return Err(Refusal::NoKey.into()) };
            if state.missing.get(id).is_some_and(|until| now < *until) {
                return Err(Refusal::NoKey.into());
            }
            // While nobody looks again, what was withdrawn just now is gone.
            if state.asked_just_now(now) && state.withdrawn.iter().any(|gone| gone == id) {
                return Err(Refusal::NoKey.into());
            }
            if looked && !state.failed {
                state.miss(id, now);
                return Err(Refusal::NoKey.into());
            }
        }
        // A fetch that failed says nothing about the id, and neither does one that was before somebody asked for it.
        if looked {
            return Err(Unverified::Unavailable(Outage::Keys));
        }
        match self.fetch(&mut state, now) {
            Some(flight) => Err(Unverified::Later(flight)),
            None => Err(Unverified::Unavailable(Outage::Keys)),
        }
    }

    /// Returns the fetch that is under way, or one that begins; none where the last one began just now.
    fn fetch(self: &Arc<Self>, state: &mut State, now: i64) -> Option<Flight> {
        if let Some(flight) = under_way(&state.flight) {
            return Some(Flight(flight.clone()));
        }
        if state.asked_just_now(now) {
            return None;
        }
        let runtime = Handle::try_current().ok()?;
        let (landing, flight) = watch::channel(());
        (state.began, state.flight) = (Some(now), Some(flight.clone()));
        state.withdrawn.clear();
        let published = Arc::clone(self);
        runtime.spawn(async move {
            published.run().await;
            drop(landing);
        });
        if under_way(&state.lookout).is_none() {
            let (ending, lookout) = watch::channel(());
            state.lookout = Some(lookout);
            runtime.spawn(lookout::look_out(Arc::downgrade(self), ending));
        }
        Some(Flight(flight))
    }

    /// Fetches the keys, and puts them in the place of those that were there.
    async fn run(&self) {
        let fetched = self.fetched().await;
        let now = self.now();
        let mut state = self.state();
        state.failed = fetched.is_err();
        let issuer = &*self.issuer;
        match fetched {
            Ok((keys, left_out, fresh)) => {
                let until = self.clock.unix_seconds().saturating_add(self.kept);
                let changed = state.keys.replace(keys, until);
                state.kept_until = now.saturating_add(self.kept);
                // One without a key is no better than none.
                let wait = if state.keys.len() == 0 { RETRY } else { ahead(fresh) };
                state.due = now.saturating_add(wait);
                if let Some(withdrawn) = changed {
                    state.withdrawn = withdrawn;
                    state.keys.tell(issuer, &left_out);
                }
            }
            Err(why) => {
                state.due = now.saturating_add(RETRY);
                match state.kept_until.saturating_sub(now) {
                    seconds if seconds > 0 && state.keys.len() > 0 => tracing::warn!(
                        target: "secure_api::token", issuer, %why, seconds,
                        "the keys of an issuer cannot be fetched; those from before count on"
                    ),
                    _ => tracing::error!(
                        target: "secure_api::token", issuer, %why,
                        "the keys of an issuer cannot be fetched; its tokens are answered by 503"
                    ),
                }
            }
        }
    }

    /// Fetches a set, with the members that were left out and the seconds for which it is fresh.
    async fn fetched(&self) -> Result<(KeySet, LeftOut, Option<i64>), Fault> {
        let document = match &self.at {
            KeysAt::Stated(endpoint) => self.fetcher.get(endpoint).await?,
            KeysAt::Discovered => {
                let metadata = Metadata::fetch(&self.issuer, &self.fetcher).await?;
                let none = Fault::Document("the discovery document names no https `jwks_uri`");
                self.fetcher.get(&metadata.keys.ok_or(none)?).await?
            }
        };
        let (keys, left_out) = KeySet::read(&document.body)?;
        Ok((keys, left_out, document.fresh))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // It is whole after every change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the time in seconds of the monotonic scale.
    fn now(&self) -> i64 {
        i64::try_from(self.clock.monotonic_nanos() / 1_000_000_000).unwrap_or(i64::MAX)
    }
}

impl State {
    /// Returns `true` if there is a key that counts.
    fn is_good(&self, now: i64) -> bool {
        now < self.kept_until && self.keys.len() > 0
    }

    /// Returns `true` if the last fetch began so short a time ago that no other may begin.
    fn asked_just_now(&self, now: i64) -> bool {
        self.began.is_some_and(|began| now < began.saturating_add(INTERVAL))
    }

    /// Notes that an id is nobody's. Where there is no room it is looked for again, which the interval bounds.
    fn miss(&mut self, id: &str, now: i64) {
        self.missing.retain(|_, until| now < *until);
        if self.missing.len() < MOST_MISSING {
            self.missing.insert(id.to_owned(), now.saturating_add(MISSING));
        }
    }
}

/// Returns a task that has not ended.
fn under_way(task: &Option<watch::Receiver<()>>) -> Option<&watch::Receiver<()>> {
    task.as_ref().filter(|task| task.has_changed().is_ok())
}

/// Returns the seconds after which a set is fetched again.
fn ahead(fresh: Option<i64>) -> i64 {
    let fresh = fresh.unwrap_or(FRESH).clamp(*FRESH_WITHIN.start(), *FRESH_WITHIN.end());
    fresh * AHEAD / 100
}

//! The keys that an app signs tokens with for its own users: made here, kept in the ledger, another one each day.

mod key;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};
use tokio::sync::Mutex as Turn;

pub(super) use self::key::OwnKey;
#[cfg(feature = "testing")]
pub(super) use self::key::random;
use super::SignError;
use crate::{
    clock::Clock,
    ledger::{AppLedger, LedgerError, Record},
};

/// The seconds for which a key signs: a day. One that was stolen is worthless the day after the next.
const SIGNS: i64 = 24 * 3600;
/// The seconds for which a key is published before it signs: longer than anybody keeps a set of keys that is good for
/// [`MAX_AGE`].
const AHEAD: i64 = 2 * 3600;
/// The seconds for which a key counts after it has signed: longer than a token lives, with the leeway of clocks.
const AFTER: i64 = 2 * 3600;
/// The longest lifetime of a token, in seconds.
pub(crate) const LONGEST: i64 = 3600;
/// The seconds for which others may keep the set of keys.
pub(crate) const MAX_AGE: i64 = 3600;
/// The seconds after which the ledger is asked again for keys that are in memory.
const FRESH: i64 = 300;
/// The seconds between two looks for a key that a token names: whoever makes ids up causes no more.
const INTERVAL: i64 = 10;

/// The keys of an app that signs its own users in.
///
/// Days are counted from 1970, and each has one key, whose name in the ledger is that of its day: of two machines that make
/// it at once one is the first, and the other takes that one. A key is made two hours before its day, and counts for two hours
/// after it.
pub(crate) struct OwnKeys {
    issuer: String,
    ledger: AppLedger,
    clock: Clock,
    ring: Mutex<Ring>,
    /// Held by the one that asks the ledger, so that others wait for its answer.
    turn: Turn<()>,
}

#[derive(Default)]
struct Ring {
    keys: Vec<Arc<OwnKey>>,
    /// The time at which the ledger was asked last, and `false` if it did not answer.
    asked: Option<(i64, bool)>,
}

impl OwnKeys {
    /// Creates the keys of this issuer, none of which is looked up yet.
    pub(crate) fn new(issuer: String, ledger: AppLedger, clock: Clock) -> Self {
        Self { issuer, ledger, clock, ring: Mutex::default(), turn: Turn::new(()) }
    }

    /// Signs the claims of an access token, by the key of the day.
    ///
    /// # Errors
    ///
    /// Those of the ledger, and of a system without randomness.
    pub(crate) async fn sign(&self, claims: &Value) -> Result<String, OwnKeyError> {
        let now = self.clock.unix_seconds();
        if !self.ring().is_fresh(now) {
            self.ask(|ring, now| ring.is_fresh(now)).await?;
        }
        let key = self.ring().of_day(day(now)).ok_or(OwnKeyError::None)?;
        Ok(key.sign(claims)?)
    }

    /// Returns the set of keys as it is published (RFC 7517): those that count, and the next one.
    pub(crate) async fn published(&self) -> Result<Vec<u8>, OwnKeyError> {
        let now = self.clock.unix_seconds();
        if !self.ring().is_fresh(now) {
            self.ask(|ring, now| ring.is_fresh(now)).await?;
        }
        let keys = self.ring().keys.iter().map(|key| key.public()).collect::<Vec<_>>();
        Ok(json!({ "keys": keys }).to_string().into_bytes())
    }

    /// Returns the key that a token names, if it is in memory and counts.
    pub(super) fn find(&self, id: &str) -> Option<Arc<OwnKey>> {
        let now = self.clock.unix_seconds();
        self.ring().keys.iter().find(|key| key.id() == id && counts(key.day(), now)).cloned()
    }

    /// Looks for keys that another machine has made, at most once in ten seconds.
    ///
    /// # Errors
    ///
    /// Those of the ledger, also where it did not answer a moment ago: then nobody knows that there is no such key.
    pub(super) async fn look(&self) -> Result<(), OwnKeyError> {
        self.ask(|ring, now| {
            ring.asked.is_some_and(|(at, _)| (at..at.saturating_add(INTERVAL)).contains(&now))
        })
        .await
    }

    /// Asks the ledger for the keys of the time, unless somebody else just has.
    async fn ask(&self, known: impl Fn(&Ring, i64) -> bool) -> Result<(), OwnKeyError> {
        let _turn = self.turn.lock().await;
        let now = self.clock.unix_seconds();
        {
            let ring = self.ring();
            if known(&ring, now) {
                let answered = ring.asked.is_some_and(|(_, answered)| answered);
                return if answered { Ok(()) } else { Err(OwnKeyError::None) };
            }
        }
        let found = self.found(now).await;
        let mut ring = self.ring();
        ring.asked = Some((now, found.is_ok()));
        ring.take(found?, now);
        Ok(())
    }

    /// Returns the keys of the time, made where they are not there.
    async fn found(&self, now: i64) -> Result<Vec<Arc<OwnKey>>, OwnKeyError> {
        let today = day(now);
        let mut found = Vec::new();
        // Nobody signs for a day that has passed.
        if counts(today - 1, now) {
            found.extend(self.kept(today - 1).await?);
        }
        found.push(self.made(today).await?);
        if counts(today + 1, now) {
            found.push(self.made(today + 1).await?);
        }
        Ok(found.into_iter().map(Arc::new).collect())
    }

    /// Returns the key of a day that the ledger has.
    async fn kept(&self, day: i64) -> Result<Option<OwnKey>, OwnKeyError> {
        let kept = self.ledger.get(self.name(day)).await?;
        Ok(kept.map(|kept| OwnKey::of(kept.value, day)).transpose()?)
    }

    /// Returns the key of a day: the one that the ledger has, or a new one.
    async fn made(&self, day: i64) -> Result<OwnKey, OwnKeyError> {
        if let Some(kept) = self.kept(day).await? {
            return Ok(kept);
        }
        let (value, group) = (key::random()?, None);
        let made = OwnKey::of(value.clone(), day)?;
        let record = Record { value, until: end(day), group, holder: None };
        if self.ledger.insert(self.name(day), record).await? {
            tracing::info!(target: "secure_api::token", issuer = self.issuer, key = made.id(), "a signing key was made");
            return Ok(made);
        }
        // Another machine was faster.
        self.kept(day).await?.ok_or(OwnKeyError::None)
    }

    fn name(&self, day: i64) -> crate::ledger::Name {
        self.ledger.name(&["signing key", &self.issuer, &day.to_string()])
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        // It is whole after every change.
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    /// Returns `true` if the keys of the time are here, as the ledger had them a moment ago.
    fn is_fresh(&self, now: i64) -> bool {
        let fresh =
            |(at, answered): (i64, bool)| answered && (at..at.saturating_add(FRESH)).contains(&now);
        let next = !counts(day(now) + 1, now) || self.of_day(day(now) + 1).is_some();
        self.asked.is_some_and(fresh) && self.of_day(day(now)).is_some() && next
    }

    /// Returns the key that signs on a day: the last one of it that was found.
    fn of_day(&self, day: i64) -> Option<Arc<OwnKey>> {
        self.keys.iter().rfind(|key| key.day() == day).cloned()
    }

    /// Takes the keys that were found. Those from before count to their end, also where the ledger has forgotten them: what
    /// was signed by them stays signed.
    fn take(&mut self, found: Vec<Arc<OwnKey>>, now: i64) {
        self.keys.retain(|key| {
            counts(key.day(), now) && found.iter().all(|found| found.id() != key.id())
        });
        self.keys.extend(found);
    }
}

/// Returns the day of a time.
fn day(now: i64) -> i64 {
    now.div_euclid(SIGNS)
}

/// Returns the time at which the key of a day counts no longer.
fn end(day: i64) -> i64 {
    (day + 1).saturating_mul(SIGNS).saturating_add(AFTER)
}

/// Returns `true` if the key of a day counts, or is published ahead of its day.
fn counts(day: i64, now: i64) -> bool {
    (day.saturating_mul(SIGNS).saturating_sub(AHEAD)..end(day)).contains(&now)
}

impl fmt::Debug for OwnKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnKeys").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The reason for which there is no key.
#[derive(Debug)]
pub(crate) enum OwnKeyError {
    Ledger(LedgerError),
    Sign(SignError),
    /// The ledger did not answer a moment ago, or has forgotten what it was told.
    None,
}

impl From<LedgerError> for OwnKeyError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<SignError> for OwnKeyError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

impl fmt::Display for OwnKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::None => f.write_str("the ledger has no signing key"),
        }
    }
}

impl std::error::Error for OwnKeyError {}

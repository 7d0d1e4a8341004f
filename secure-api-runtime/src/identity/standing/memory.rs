//! The answers about accounts that count for a while, and the questions that are under way.

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use quick_cache::sync::Cache;
use tokio::{
    runtime::Handle,
    sync::{Semaphore, watch},
};

use super::{AccountStatus, Holder, Identity, Refused, Standing, settings::Hook};
use crate::{
    clock::Clock,
    fingerprint::{Fingerprint, fingerprint},
    role::RoleTable,
};

/// The capacity in callers: about a megabyte. Beyond it the least used are asked about again.
const CAPACITY: usize = 10_000;
/// The most questions at once. Each is about somebody whose credentials hold.
const MOST: usize = 1024;
/// The deadline of an answer: a database that takes longer does not answer.
const DEADLINE: Duration = Duration::from_secs(5);

/// The register of an app's accounts, with what it said a moment ago.
pub(crate) struct Register {
    hook: Hook,
    pub(super) roles: &'static RoleTable,
    /// The time in nanoseconds for which an answer counts.
    remembered: u64,
    clock: Clock,
    answers: Cache<Fingerprint, Answer>,
    asked: Mutex<HashMap<Fingerprint, Question>>,
    /// A permit for each question, whoever it is about.
    permits: Arc<Semaphore>,
}

/// The knowledge of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Gone,
    Unchanged,
    /// The roles as bits of the table, without what they include.
    Roles(u128),
}

/// An answer of the hook, with its end on the clock's monotonic scale.
#[derive(Clone, Copy)]
struct Answer {
    known: Known,
    asked_at: i64,
    until: u64,
}

/// A question that is under way; it is over once its sender is gone.
#[derive(Clone)]
struct Question {
    asked_at: i64,
    told: watch::Receiver<Told>,
}

/// The answer to a question: none so far, or that of the hook. The text is for the log.
type Told = Option<Result<Known, Arc<str>>>;

impl Register {
    pub(crate) fn new(standing: Standing, roles: &'static RoleTable, clock: Clock) -> Self {
        let Standing { hook, remembered } = standing;
        Self {
            hook,
            roles,
            remembered: u64::try_from(remembered.as_nanos()).unwrap_or(u64::MAX),
            clock,
            answers: Cache::new(CAPACITY),
            asked: Mutex::default(),
            permits: Arc::new(Semaphore::new(MOST)),
        }
    }

    /// Returns what is known of somebody's account, asked of the hook where nothing is that counts.
    pub(super) async fn known(
        self: &Arc<Self>,
        identity: &Identity,
        revoked: Option<i64>,
    ) -> Result<Known, Refused> {
        let key = key(identity);
        // What was asked in the second of a revocation may have been answered before it, and that time is the second after.
        let counts = |asked_at: i64| revoked.is_none_or(|revoked| revoked <= asked_at);
        if let Some(answer) = self.answers.get(&key)
            && self.clock.monotonic_nanos() < answer.until
            && counts(answer.asked_at)
        {
            return Ok(answer.known);
        }
        let mut told = self.question(key, identity, counts).map_err(Refused::unavailable)?;
        let told = match told.wait_for(Option::is_some).await {
            Ok(told) => told.clone(),
            // The task panicked, or was dropped with its runtime.
            Err(_) => None,
        };
        match told {
            Some(Ok(known)) => Ok(known),
            Some(Err(why)) => Err(Refused::unavailable(format!("{UNKNOWN}: {why}"))),
            None => Err(Refused::unavailable(UNKNOWN)),
        }
    }

    /// Returns the question about an account that is under way, or one that begins; none where there are too many.
    fn question(
        self: &Arc<Self>,
        key: Fingerprint,
        identity: &Identity,
        counts: impl Fn(i64) -> bool,
    ) -> Result<watch::Receiver<Told>, &'static str> {
        let mut asked = self.asked();
        let under_way = asked.get(&key).filter(|question| question.told.has_changed().is_ok());
        if let Some(question) = under_way.filter(|question| counts(question.asked_at)) {
            return Ok(question.told.clone());
        }
        let permit = Arc::clone(&self.permits).try_acquire_owned().map_err(|_| CROWDED)?;
        if asked.len() >= MOST {
            // What was dropped with its runtime makes room.
            asked.retain(|_, question| question.told.has_changed().is_ok());
        }
        let runtime = Handle::try_current().map_err(|_| NO_RUNTIME)?;
        let (tell, told) = watch::channel(None);
        let asked_at = self.clock.unix_seconds();
        asked.insert(key, Question { asked_at, told: told.clone() });
        let (register, holder) = (Arc::clone(self), Holder::of(identity));
        let own = told.clone();
        runtime.spawn(async move {
            let answer = register.ask(holder).await;
            register.learn(key, &own, asked_at, &answer);
            tell.send_replace(Some(answer));
            drop(permit);
        });
        Ok(told)
    }

    /// Asks the hook.
    async fn ask(&self, holder: Holder) -> Result<Known, Arc<str>> {
        match tokio::time::timeout(DEADLINE, (self.hook)(holder)).await {
            Ok(Ok(AccountStatus::Gone)) => Ok(Known::Gone),
            Ok(Ok(AccountStatus::Unchanged)) => Ok(Known::Unchanged),
            Ok(Ok(AccountStatus::Roles(names))) => {
                Ok(Known::Roles(self.roles.granted(names.iter().map(String::as_str))))
            }
            Ok(Err(why)) => Err(why.into()),
            Err(_) => Err("the hook does not answer in time".into()),
        }
    }

    /// Remembers an answer, unless a later question was asked in between.
    fn learn(
        &self,
        key: Fingerprint,
        own: &watch::Receiver<Told>,
        asked_at: i64,
        answer: &Result<Known, Arc<str>>,
    ) {
        let mut asked = self.asked();
        if !asked.get(&key).is_some_and(|question| question.told.same_channel(own)) {
            return;
        }
        asked.remove(&key);
        if let Ok(known) = answer {
            let until = self.clock.monotonic_nanos().saturating_add(self.remembered);
            self.answers.insert(key, Answer { known: *known, asked_at, until });
        }
    }

    fn asked(&self) -> MutexGuard<'_, HashMap<Fingerprint, Question>> {
        // It is whole after every change.
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The reason for the log.
const UNKNOWN: &str = "nobody can tell the standing of the caller's account";
/// The reason where as many questions are under way as there may be.
const CROWDED: &str = "too many accounts are asked about at once";
/// The reason where a request is answered outside of tokio, so that no question can outlive it.
const NO_RUNTIME: &str = "accounts are asked about on a runtime of tokio alone";

/// Returns the hash of all that a hook is told of somebody.
fn key(identity: &Identity) -> Fingerprint {
    let [issuer, tenant, subject] = identity.principal();
    let client = identity.client_id().unwrap_or_default();
    fingerprint(&[issuer, tenant, subject, client, identity.kind().name()])
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register").finish_non_exhaustive()
    }
}

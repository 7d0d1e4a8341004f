//! One request on its way through order and repetition: what it holds, and what is kept of its outcome.
//!
//! What a passage still holds when it is dropped goes back, so that a handler that fails or panics has used up nothing. One
//! that had begun and was cut at its deadline has: nobody knows how far it came.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::{HeaderName, HeaderValue, StatusCode};

use super::{
    Flow, IdempotencyKey, OperationName,
    store::{Begun, Claim, FlowStore, Kept, Sight, Taken, Undecided},
};
use crate::{
    error::{Problem, problem},
    fingerprint::{Fingerprint, fingerprint},
    identity::Identity,
    rendered::Rendered,
};

/// Says that an answer is that of an earlier request with the same key.
static REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// One request of an operation that has a place in an order, or carries a key.
pub(crate) struct Passage {
    pub(crate) store: Arc<dyn FlowStore>,
    pub(crate) flow: &'static Flow,
    pub(crate) operation: OperationName,
    /// The time that this operation's being done is kept, if another one comes after it.
    pub(crate) precedes: Option<Duration>,
    pub(crate) identity: Arc<Identity>,
    pub(crate) head: bool,
    pub(crate) key: Option<IdempotencyKey>,
    /// The version that was called, and the query: a key is for one request, these included.
    pub(crate) version: &'static str,
    pub(crate) query: Box<str>,
    pub(crate) held: Held,
}

/// The steps and keys that a request holds while its handler runs.
#[derive(Default)]
pub(crate) struct Held(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    /// The path's parameters, each as the one text that its value has.
    parameters: Vec<String>,
    step: Option<(Fingerprint, Claim)>,
    key: Option<(Fingerprint, Claim)>,
    sight: Sight,
    owners_view: bool,
    replayed: bool,
    /// `true` once the handler may have done something.
    begun: bool,
}

impl Held {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Passage {
    /// Refuses what could not be kept later, before anything is done.
    pub(crate) async fn has_room(&self) -> Result<(), Problem> {
        if self.precedes.is_none() {
            return Ok(());
        }
        match self.store.has_room(self.caller()).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(undecided(Undecided("there is no room for another step"))),
            Err(why) => Err(undecided(why)),
        }
    }

    /// Notes the text of the path's parameter at a place.
    pub(crate) fn parameter(&self, place: usize, text: String) {
        let mut held = self.held.lock();
        if held.parameters.len() <= place {
            held.parameters.resize(place + 1, String::new());
        }
        held.parameters[place] = text;
    }

    /// Notes that the answer shows something as its owner sees it. It is not kept: by the time of a repetition the caller may not be the
    /// owner, and what is shown need not be in the path, so that nobody could ask.
    pub(crate) fn shows_the_owner(&self) {
        self.held.lock().owners_view = true;
    }

    /// Admits the request to its handler, or returns the earlier answer of its key. The objects of the path are loaded
    /// and permitted by now.
    ///
    /// A repeated request is known before its order is looked at: its first one used the step up. Nothing is done
    /// for it again.
    pub(crate) async fn enter(
        &self,
        body: &[u8],
        views: [Option<&'static str>; 2],
    ) -> Result<Option<Rendered>, Problem> {
        self.held.lock().sight.views = views;
        if let Some(key) = &self.key
            && let Some(answer) = self.begin(key, body).await?
        {
            self.held.lock().replayed = true;
            return Ok(Some(answer));
        }
        if let Some(after) = &self.flow.after {
            let step = self.step(&after.step);
            match self.store.take(step, after).await.map_err(undecided)? {
                Taken::Held(claim) => self.held.lock().step = Some((step, claim)),
                Taken::Refused(why) => {
                    // Nothing was done, so there is nothing to keep with the key.
                    if let Some((key, claim)) = self.held.lock().key.take() {
                        self.store.abandon(key, claim);
                    }
                    return Err(Problem::new(&problem::OUT_OF_ORDER)
                        .event("sequence_fail")
                        .because(why));
                }
            }
        }
        Ok(None)
    }

    /// Holds the request's key, or gives the answer that its first request had.
    async fn begin(&self, key: &IdempotencyKey, body: &[u8]) -> Result<Option<Rendered>, Problem> {
        let scope = self.scoped(&self.operation, &[b"key", key.as_bytes()]);
        let (parameters, sight) = {
            let held = self.held.lock();
            (held.parameters.clone(), held.sight)
        };
        let target = [self.version, &self.query].map(str::as_bytes);
        // Each by itself: a key of two parameters may hold whatever would be put between them.
        let parameters: Vec<&[u8]> = parameters.iter().map(String::as_bytes).collect();
        let content = fingerprint(&[&target[..], &parameters, &[body]].concat());
        match self.store.begin(scope, self.caller(), content).await.map_err(undecided)? {
            Begun::Held(claim) => {
                self.held.lock().key = Some((scope, claim));
                Ok(None)
            }
            Begun::InFlight => Err(Problem::new(&problem::IDEMPOTENCY_IN_FLIGHT)),
            Begun::Mismatch => Err(Problem::new(&problem::IDEMPOTENCY_MISMATCH)),
            Begun::Done(Kept::TooLarge) => Err(Problem::new(&problem::IDEMPOTENCY_DONE)
                .because("there was no room to keep the answer")),
            Begun::Done(Kept::OwnersView) => Err(Problem::new(&problem::IDEMPOTENCY_DONE)
                .because("the answer was for the owner of what it shows, and is not kept")),
            Begun::Done(Kept::Undecided) => Err(Problem::new(&problem::IDEMPOTENCY_UNDECIDED)),
            Begun::Done(Kept::Answer { sight: seen, .. }) if seen != sight => {
                Err(Problem::new(&problem::IDEMPOTENCY_DONE)
                    .because("the caller is to see another view by now"))
            }
            Begun::Done(Kept::Answer { mut rendered, .. }) => {
                rendered.field(REPLAYED.clone(), HeaderValue::from_static("true"));
                Ok(Some(*rendered))
            }
        }
    }

    /// Notes that the handler begins.
    pub(crate) fn begins(&self) {
        self.held.lock().begun = true;
    }

    /// Keeps that the run was cut at its deadline. Where its handler has begun, nobody knows how far it came: the step is
    /// used up and the key is not free, so that nothing is done twice. Before that nothing was done, and HEAD uses no step
    /// up: what is held goes back when the passage is dropped.
    pub(crate) async fn cut(&self) {
        let (step, key) = {
            let mut held = self.held.lock();
            if !held.begun {
                return;
            }
            let step = if self.head { None } else { held.step.take() };
            (step, held.key.take())
        };
        let step = match step {
            Some((step, claim)) => self.store.consume(step, claim).await,
            None => Ok(()),
        };
        let key = match key {
            Some((key, claim)) => self.store.finish(key, claim, Kept::Undecided).await,
            None => Ok(()),
        };
        if let Err(Undecided(why)) = step.and(key) {
            tracing::error!(target: "secure_api::request", why, "a step or a key that was cut stays held");
        }
    }

    /// Keeps what the outcome says: a success uses up the step before, and is itself a step; an answer is that of
    /// its key, unless it says that the server failed.
    pub(crate) async fn leave(
        &self,
        outcome: Result<Rendered, Problem>,
    ) -> Result<Rendered, Problem> {
        let (step, key, sight, owners_view) = {
            let held = self.held.lock();
            if held.replayed {
                return outcome;
            }
            (held.step, held.key, held.sight, held.owners_view)
        };
        // Not modified is a success as well: its caller has what it asked for.
        let success = outcome.as_ref().is_ok_and(|rendered| {
            rendered.status().is_success() || rendered.status() == StatusCode::NOT_MODIFIED
        });
        // HEAD shows nothing and uses nothing up: the step goes back when the passage is dropped.
        if success
            && !self.head
            && let Some((step, claim)) = step
        {
            // Until here, dropping the passage gives it back.
            self.held.lock().step = None;
            if let Err(Undecided(why)) = self.store.consume(step, claim).await {
                tracing::error!(target: "secure_api::request", why, "a step that was used stays held");
            }
        }
        if success && let Some(keep) = self.precedes {
            let step = self.step(&self.operation);
            if let Err(Undecided(why)) = self.store.record(step, self.caller(), keep).await {
                tracing::error!(
                    target: "secure_api::request",
                    operation = self.operation.name,
                    why,
                    "the step was done and is not known: what comes after it will be refused"
                );
            }
        }
        let Some((key, claim)) = key else { return outcome };
        let kept = match &outcome {
            Ok(rendered) if owners_view && !rendered.status().is_server_error() => {
                Some(Kept::OwnersView)
            }
            outcome => Kept::of(outcome, sight),
        };
        if let Some(kept) = kept {
            // Until here, dropping the passage lets go of the key.
            self.held.lock().key = None;
            if let Err(Undecided(why)) = self.store.finish(key, claim, kept).await {
                tracing::error!(target: "secure_api::request", why, "an answer was not kept with its key");
            }
        }
        outcome
    }

    /// Returns the fingerprint of a step of this caller on this request's object: that of as many parameters as the
    /// step's path has.
    fn step(&self, step: &OperationName) -> Fingerprint {
        let parameters = self.held.lock().parameters.clone();
        let object = parameters.iter().take(step.parameters).map(String::as_bytes);
        let parts: Vec<&[u8]> = std::iter::once(&b"step"[..]).chain(object).collect();
        self.scoped(step, &parts)
    }

    fn scoped(&self, operation: &OperationName, parts: &[&[u8]]) -> Fingerprint {
        let OperationName { place, module, name, parameters: _ } = operation;
        let [issuer, tenant, subject] = self.identity.principal();
        let scope = [issuer, tenant, subject, module, name].map(str::as_bytes);
        fingerprint(&[&[&place.to_le_bytes()[..]], &scope[..], parts].concat())
    }

    fn caller(&self) -> Fingerprint {
        self.identity.fingerprint()
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        let (step, key) = {
            let mut held = self.held.lock();
            (held.step.take(), held.key.take())
        };
        if let Some((step, claim)) = step {
            self.store.give_back(step, claim);
        }
        if let Some((key, claim)) = key {
            self.store.abandon(key, claim);
        }
    }
}

fn undecided(Undecided(why): Undecided) -> Problem {
    Problem::unavailable(why)
}

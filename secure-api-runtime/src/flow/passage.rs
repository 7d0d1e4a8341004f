//! One request on its way through order and repetition: what it holds, and what is kept of its outcome.
//!
//! What a passage still holds when it is dropped goes back, so that a handler that fails or panics has used up nothing. One
//! that had begun and was cut at its deadline has: nobody knows how far it came. A machine that goes away says nothing any more;
//! what it held has a lease, and is not free when that is over.

use std::{
    any::TypeId,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::{HeaderName, HeaderValue};

use super::{
    After, Flow, IdempotencyKey, OperationName,
    claim::{Claimed, Hold},
    kept::{Kept, Sight},
    repetition::{Begun, Keys},
    step::Steps,
};
use crate::{
    error::{Problem, problem},
    identity::Identity,
    ledger::{AppLedger, LedgerError, Name},
    rendered::Rendered,
};

/// Says that an answer is that of an earlier request with the same key.
static REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The time beyond a run's deadline for which it is believed that the run goes on: for what comes after it, and for clocks that
/// do not agree.
const SPARE: Duration = Duration::from_secs(30);

/// One request of an operation that has a place in an order, or carries a key.
pub(crate) struct Passage {
    pub(crate) ledger: AppLedger,
    pub(crate) flow: &'static Flow,
    pub(crate) operation: OperationName,
    /// The time that this operation's being done is kept, if another one comes after it.
    pub(crate) precedes: Option<Duration>,
    pub(crate) identity: Arc<Identity>,
    pub(crate) head: bool,
    /// The deadline of the run.
    pub(crate) deadline: Duration,
    pub(crate) key: Option<IdempotencyKey>,
    /// The version that was called, and the query, with the header fields that are read: a key is for one request, these
    /// included.
    pub(crate) version: &'static str,
    pub(crate) query: Box<[u8]>,
    pub(crate) held: Held,
}

/// The steps and keys that a request holds while its handler runs.
#[derive(Default)]
pub(crate) struct Held(Mutex<Inner>);

#[derive(Default)]
pub(super) struct Inner {
    /// The path's parameters, each as the one text that its value has.
    parameters: Vec<String>,
    pub(super) step: Claimed,
    pub(super) key: Claimed,
    pub(super) sight: Sight,
    pub(super) owners_view: bool,
    /// `true` once the handler may have done something.
    pub(super) begun: bool,
    /// The type of the key by which what the operation creates is loaded, where it can be.
    creates: Option<TypeId>,
    /// The key of what was created, where it can be loaded by that.
    pub(super) created: Option<String>,
}

/// The answer of an earlier request with the same key.
pub(crate) enum Earlier {
    /// The answer as it was.
    Answer(Box<Rendered>),
    /// An object that was created: 201 with what is loaded by this key, and this address.
    Created { key: String, location: HeaderValue },
}

impl Earlier {
    /// Says of an answer that it is that of an earlier request.
    pub(crate) fn replayed(mut answer: Rendered) -> Rendered {
        answer.field(REPLAYED.clone(), HeaderValue::from_static("true"));
        answer
    }
}

impl Held {
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Passage {
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

    /// Notes that the answer is of what was created, and found by a key of this type.
    pub(crate) fn creates(&self, of: TypeId, key: &str) {
        let mut held = self.held.lock();
        if held.creates == Some(of) {
            held.created = Some(key.to_owned());
        }
    }

    /// Admits the request to its handler, or returns the earlier answer of its key. The objects of the path are loaded
    /// and permitted by now. What could not be kept later is refused, before anything is done.
    ///
    /// A repeated request is known before its order is looked at: its first one used the step up. Nothing is done
    /// for it again.
    pub(crate) async fn enter(
        &self,
        body: &[u8],
        views: [Option<&'static str>; 2],
    ) -> Result<Option<Earlier>, Problem> {
        self.held.lock().sight = Sight::of(views);
        let holder = self.holder();
        if let Some(key) = &self.key
            && let Some(answer) = self.begin(key, holder, body).await?
        {
            return Ok(Some(answer));
        }
        let steps = Steps { ledger: &self.ledger, holder };
        if let Some(after) = &self.flow.after {
            self.take(&steps, after).await?;
        }
        if self.precedes.is_some() {
            let step = self.step(&self.operation);
            steps.reserve(step, self.lease()).await.map_err(undecided)?;
        }
        Ok(None)
    }

    /// Holds the step before.
    async fn take(&self, steps: &Steps<'_>, after: &After) -> Result<(), Problem> {
        let step = self.step(&after.step);
        let hold = Hold::new(&self.ledger, self.lease());
        // Before it is asked for: where the answer does not come, it goes back all the same.
        self.held.lock().step = Some((step, hold.claim));
        match steps.take(step, after, hold).await.map_err(undecided)? {
            Ok(()) => Ok(()),
            Err(why) => {
                self.held.lock().step = None;
                Err(Problem::new(&problem::OUT_OF_ORDER).event("sequence_fail").because(why))
            }
        }
    }

    /// Holds the request's key, or gives the answer that its first request had.
    async fn begin(
        &self,
        key: &IdempotencyKey,
        holder: Name,
        body: &[u8],
    ) -> Result<Option<Earlier>, Problem> {
        let name = self.scoped(&self.operation, b"key", [key.as_bytes()].into_iter());
        let (content, sight) = {
            let held = self.held.lock();
            let target = [&b"content"[..], self.version.as_bytes(), &*self.query];
            // Each by itself: a key of two parameters may hold whatever would be put between them.
            let parameters = held.parameters.iter().map(String::as_bytes);
            let content: Vec<&[u8]> = target.into_iter().chain(parameters).chain([body]).collect();
            (self.ledger.name(&content), held.sight.clone())
        };
        let hold = Hold::new(&self.ledger, self.lease());
        // Before it is asked for: where the answer does not come, it goes back all the same.
        self.held.lock().key = Some((name, hold.claim));
        let keys = Keys { ledger: &self.ledger, holder };
        let begun = keys.begin(name, content, hold).await.map_err(undecided)?;
        if let Begun::Held = begun {
            return Ok(None);
        }
        self.held.lock().key = None;
        let done = |why: &'static str| Problem::new(&problem::IDEMPOTENCY_DONE).because(why);
        match begun {
            Begun::Held => Ok(None),
            Begun::InFlight => Err(Problem::new(&problem::IDEMPOTENCY_IN_FLIGHT)),
            Begun::Mismatch => Err(Problem::new(&problem::IDEMPOTENCY_MISMATCH)),
            Begun::Done(Kept::TooLarge) => Err(done("there was no room to keep the answer")),
            Begun::Done(Kept::OwnersView) => {
                Err(done("the answer was for the owner of what it shows, and is not kept"))
            }
            Begun::Done(Kept::Undecided) => Err(Problem::new(&problem::IDEMPOTENCY_UNDECIDED)),
            Begun::Done(Kept::Answer { sight: seen, .. }) if seen != sight => {
                Err(done("the caller is to see another view by now"))
            }
            Begun::Done(Kept::Answer { rendered, .. }) => Ok(Some(Earlier::Answer(rendered))),
            Begun::Done(Kept::Created { key, location }) => {
                Ok(Some(Earlier::Created { key, location }))
            }
        }
    }

    /// Notes that the handler begins, and the type of the key of what it creates, if that can be loaded again.
    pub(crate) fn begins(&self, creates: Option<fn() -> TypeId>) {
        let mut held = self.held.lock();
        held.begun = true;
        held.creates = creates.map(|of| of());
    }

    /// Returns the name of a step of this caller on this request's object: that of as many parameters as the step's path
    /// has.
    pub(super) fn step(&self, step: &OperationName) -> Name {
        let held = self.held.lock();
        let object = held.parameters.iter().take(step.parameters).map(String::as_bytes);
        self.scoped(step, b"step", object)
    }

    fn scoped<'a>(
        &'a self,
        operation: &OperationName,
        kind: &'a [u8],
        parts: impl Iterator<Item = &'a [u8]>,
    ) -> Name {
        let OperationName { place, module, name, parameters: _ } = operation;
        let [issuer, tenant, subject] = self.identity.principal().map(str::as_bytes);
        let place = place.to_le_bytes();
        let scope = [kind, issuer, tenant, subject, module.as_bytes(), name.as_bytes()];
        let mut all: Vec<&[u8]> = scope.into_iter().chain(parts).collect();
        all.push(&place);
        self.ledger.name(&all)
    }

    /// Returns the name of the caller, whose share of the room steps and keys take.
    pub(super) fn holder(&self) -> Name {
        let [issuer, tenant, subject] = self.identity.principal();
        self.ledger.name(&["flow: caller", issuer, tenant, subject])
    }

    /// Returns the time for which it is believed that this request goes on.
    fn lease(&self) -> Duration {
        self.deadline.saturating_add(SPARE)
    }
}

fn undecided(error: LedgerError) -> Problem {
    Problem::unavailable(error)
}

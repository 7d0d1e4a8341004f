//! One request on its way through order and repetition: what it holds, and what is kept of its outcome.
//!
//! What a passage still holds when it is dropped goes back, so that a handler that fails or panics has used up nothing. One
//! that had begun and was cut at its deadline has: nobody knows how far it came. A machine that goes away says nothing any more;
//! what it held has a lease, and is not free when that is over.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{
    FutureExt,
    future::{join, join3},
};
use http::{HeaderName, HeaderValue, StatusCode};
use tokio::runtime::Handle;

use super::{
    After, Flow, IdempotencyKey, OperationName,
    claim::{Claim, Hold},
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
    step: Option<(Name, Claim)>,
    key: Option<(Name, Claim)>,
    sight: Sight,
    owners_view: bool,
    /// `true` once the handler may have done something.
    begun: bool,
}

impl Held {
    fn lock(&self) -> MutexGuard<'_, Inner> {
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

    /// Admits the request to its handler, or returns the earlier answer of its key. The objects of the path are loaded
    /// and permitted by now. What could not be kept later is refused, before anything is done.
    ///
    /// A repeated request is known before its order is looked at: its first one used the step up. Nothing is done
    /// for it again.
    pub(crate) async fn enter(
        &self,
        body: &[u8],
        views: [Option<&'static str>; 2],
    ) -> Result<Option<Rendered>, Problem> {
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
    ) -> Result<Option<Rendered>, Problem> {
        let name = self.scoped(&self.operation, b"key", [key.as_bytes()].into_iter());
        let (content, sight) = {
            let held = self.held.lock();
            let target = [&b"content"[..], self.version.as_bytes(), self.query.as_bytes()];
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
    /// up: what is held goes back.
    pub(crate) async fn cut(&self) {
        let (begun, step, key) = self.taken();
        let step = async { self.end_step(step, begun && !self.head).await };
        let key = async { self.end_key(key, begun.then_some(Kept::Undecided)).await };
        let (step, key) = join(step, key).await;
        told(step, "a step of a request that was cut stays held");
        told(key, "a key of a request that was cut stays held");
    }

    /// Keeps what the outcome says: a success uses up the step before, and is itself a step; an answer is that of
    /// its key, unless it says that the server failed. Where the handler has not begun, nothing was done.
    pub(crate) async fn leave(&self, outcome: &Result<Rendered, Problem>) {
        let (begun, step, key) = self.taken();
        // Not modified is a success as well: its caller has what it asked for.
        let success = begun
            && outcome.as_ref().is_ok_and(|rendered| {
                rendered.status().is_success() || rendered.status() == StatusCode::NOT_MODIFIED
            });
        // HEAD shows nothing and uses nothing up.
        let step = async { self.end_step(step, success && !self.head).await };
        let done = async {
            match self.precedes.filter(|_| success) {
                Some(keep) => {
                    let steps = Steps { ledger: &self.ledger, holder: self.holder() };
                    steps.done(self.step(&self.operation), keep).await
                }
                None => Ok(()),
            }
        };
        let kept = (begun && key.is_some()).then(|| self.kept(outcome)).flatten();
        let key = async { self.end_key(key, kept).await };
        let (step, done, key) = join3(step, done, key).await;
        told(step, "a step stays held that was used, or is to be free again");
        told(done, "a step was done and is not known: what comes after it will be refused");
        told(key, "an answer was not kept with its key, or the key stays held");
    }

    /// Returns what is kept of an outcome with the request's key.
    fn kept(&self, outcome: &Result<Rendered, Problem>) -> Option<Kept> {
        let (sight, owners_view) = {
            let held = self.held.lock();
            (held.sight.clone(), held.owners_view)
        };
        match outcome {
            Ok(rendered) if owners_view && !rendered.status().is_server_error() => {
                Some(Kept::OwnersView)
            }
            outcome => Kept::of(outcome, sight),
        }
    }

    /// Takes what is held out, so that it is ended once; and says if the handler has begun.
    fn taken(&self) -> (bool, Option<(Name, Claim)>, Option<(Name, Claim)>) {
        let mut held = self.held.lock();
        (held.begun, held.step.take(), held.key.take())
    }

    async fn end_step(&self, step: Option<(Name, Claim)>, used: bool) -> Result<(), LedgerError> {
        let Some((step, claim)) = step else { return Ok(()) };
        let steps = Steps { ledger: &self.ledger, holder: self.holder() };
        match used {
            true => steps.use_up(step, claim).await,
            false => steps.give_back(step, claim).await,
        }
    }

    async fn end_key(
        &self,
        key: Option<(Name, Claim)>,
        kept: Option<Kept>,
    ) -> Result<(), LedgerError> {
        let Some((key, claim)) = key else { return Ok(()) };
        let keys = Keys { ledger: &self.ledger, holder: self.holder() };
        match kept {
            Some(kept) => keys.finish(key, claim, kept).await,
            None => keys.abandon(key, claim).await,
        }
    }

    /// Returns the name of a step of this caller on this request's object: that of as many parameters as the step's path
    /// has.
    fn step(&self, step: &OperationName) -> Name {
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
    fn holder(&self) -> Name {
        let [issuer, tenant, subject] = self.identity.principal();
        self.ledger.name(&["flow: caller", issuer, tenant, subject])
    }

    /// Returns the time for which it is believed that this request goes on.
    fn lease(&self) -> Duration {
        self.deadline.saturating_add(SPARE)
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        let (_, step, key) = self.taken();
        if step.is_none() && key.is_none() {
            return;
        }
        let (ledger, holder) = (self.ledger.clone(), self.holder());
        let here = ledger.is_here();
        let given_back = async move {
            if let Some((step, claim)) = step {
                let steps = Steps { ledger: &ledger, holder };
                told(steps.give_back(step, claim).await, "a step stays held");
            }
            if let Some((key, claim)) = key {
                let keys = Keys { ledger: &ledger, holder };
                told(keys.abandon(key, claim).await, "a key stays held");
            }
        };
        // Nothing can wait here. Where nobody else can either, its lease ends.
        if here {
            given_back.now_or_never();
        } else if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(given_back);
        }
    }
}

fn undecided(error: LedgerError) -> Problem {
    Problem::unavailable(error)
}

/// Tells the log what the ledger was not told.
fn told(outcome: Result<(), LedgerError>, what: &'static str) {
    if let Err(why) = outcome {
        tracing::error!(target: "secure_api::request", %why, "{what}");
    }
}

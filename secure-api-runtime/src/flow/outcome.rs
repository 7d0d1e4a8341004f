//! The end of a passage: what it held is used up, kept, or given back.

use std::time::Duration;

use futures_util::{
    FutureExt,
    future::{join, join3},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use tokio::runtime::Handle;

use super::{Passage, claim::Claimed, kept::Kept, repetition::Keys, step::Steps};
use crate::{
    error::Problem,
    ledger::{AppLedger, LedgerError, Name},
    rendered::Rendered,
};

/// The pauses before what was held is given back once more: half a minute in all, after which a lease is nearly over.
const PAUSES: [Duration; 5] = [
    Duration::from_millis(100),
    Duration::from_millis(400),
    Duration::from_millis(1_600),
    Duration::from_millis(6_400),
    Duration::from_millis(25_600),
];

impl Passage {
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
        // Not modified is a success as well, since its caller has what it asked for, and so is a redirect.
        let success = begun
            && outcome.as_ref().is_ok_and(|rendered| {
                rendered.status().is_success() || rendered.status().is_redirection()
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

    /// Returns what is kept of an outcome with the request's key: of what was created and can be loaded, its key alone.
    fn kept(&self, outcome: &Result<Rendered, Problem>) -> Option<Kept> {
        let (sight, owners_view, created) = {
            let mut held = self.held.lock();
            (held.sight.clone(), held.owners_view, held.created.take())
        };
        if let (Ok(rendered), Some(key)) = (outcome, created)
            && let Some(location) = place(rendered)
        {
            return Some(Kept::Created { key, location });
        }
        match outcome {
            Ok(rendered) if owners_view && !rendered.status().is_server_error() => {
                Some(Kept::OwnersView)
            }
            outcome => Kept::of(outcome, sight),
        }
    }

    /// Takes what is held out, so that it is ended once; and says if the handler has begun.
    fn taken(&self) -> (bool, Claimed, Claimed) {
        let mut held = self.held.lock();
        (held.begun, held.step.take(), held.key.take())
    }

    async fn end_step(&self, step: Claimed, used: bool) -> Result<(), LedgerError> {
        let Some((step, claim)) = step else { return Ok(()) };
        let steps = Steps { ledger: &self.ledger, holder: self.holder() };
        if used {
            return steps.use_up(step, claim).await;
        }
        if steps.give_back(step, claim).await.is_err() {
            // Whoever drops the passage tries it again.
            self.held.lock().step = Some((step, claim));
        }
        Ok(())
    }

    async fn end_key(&self, key: Claimed, kept: Option<Kept>) -> Result<(), LedgerError> {
        let Some((key, claim)) = key else { return Ok(()) };
        let keys = Keys { ledger: &self.ledger, holder: self.holder() };
        if let Some(kept) = kept {
            return keys.finish(key, claim, kept).await;
        }
        if keys.abandon(key, claim).await.is_err() {
            self.held.lock().key = Some((key, claim));
        }
        Ok(())
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
        let given_back = given_back((ledger, holder), step, key);
        // Nothing can wait here. Where nobody else can either, its lease ends.
        if here {
            given_back.now_or_never();
        } else if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(given_back);
        }
    }
}

/// Gives back what was held, and tries it again where the ledger does not answer: it may have heard that it is held, and said
/// nothing. The claim is nobody else's, so once too often does nothing.
async fn given_back((ledger, holder): (AppLedger, Name), mut step: Claimed, mut key: Claimed) {
    for pause in PAUSES.into_iter().map(Some).chain([None]) {
        let mut failed = None;
        if let Some((name, claim)) = step {
            match (Steps { ledger: &ledger, holder }).give_back(name, claim).await {
                Ok(()) => step = None,
                Err(why) => failed = Some(("a step stays held", why)),
            }
        }
        if let Some((name, claim)) = key {
            match (Keys { ledger: &ledger, holder }).abandon(name, claim).await {
                Ok(()) => key = None,
                Err(why) => failed = Some(("a key stays held", why)),
            }
        }
        match (failed, pause) {
            (None, _) => return,
            (Some(_), Some(pause)) => tokio::time::sleep(pause).await,
            (Some((what, why)), None) => told(Err(why), what),
        }
    }
}

/// Returns the address of what was created, if an answer says nothing else but what that is.
fn place(rendered: &Rendered) -> Option<HeaderValue> {
    let others = |(name, _): &(HeaderName, HeaderValue)| {
        ![header::LOCATION, header::CONTENT_TYPE].contains(name)
    };
    let fields = rendered.fields();
    if rendered.status() != StatusCode::CREATED || fields.iter().any(others) {
        return None;
    }
    let place = fields.iter().find(|(name, _)| *name == header::LOCATION);
    place.map(|(_, place)| place.clone())
}

/// Tells the log what the ledger was not told.
fn told(outcome: Result<(), LedgerError>, what: &'static str) {
    if let Err(why) = outcome {
        tracing::error!(target: "secure_api::request", %why, "{what}");
    }
}

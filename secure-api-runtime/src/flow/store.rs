//! The store of steps and keys: who did which step, and which key had which answer. The memory of one process is one
//! such store; one that several machines share is another.

use std::time::Duration;

use futures_util::future::BoxFuture;

use super::After;
use crate::{
    error::{Problem, problem},
    fingerprint::Fingerprint,
    rendered::Rendered,
};

/// An answer of the store, which may be far away.
pub(crate) type Answering<'a, T> = BoxFuture<'a, Result<T, Undecided>>;

/// The store cannot say, or has no room: the request is refused, and nothing is done.
#[derive(Debug)]
pub(crate) struct Undecided(pub(crate) &'static str);

/// The number of one use of a step or key, so that only its holder can end it.
pub(crate) type Claim = u64;

/// Keeps steps and keys. Each call is one decision that no other call gets between.
///
/// Whoever gets a [`Claim`] ends it by one of the calls that take it, also when the handler fails.
pub(crate) trait FlowStore: Send + Sync {
    /// Returns `true` if one more step of this caller could be kept.
    fn has_room(&self, caller: Fingerprint) -> Answering<'_, bool>;

    /// Keeps that the step was done, for a time. Doing it again begins it anew.
    fn record(&self, step: Fingerprint, caller: Fingerprint, keep: Duration) -> Answering<'_, ()>;

    /// Holds the step, so that nobody else can use it.
    fn take<'a>(&'a self, step: Fingerprint, after: &'a After) -> Answering<'a, Taken>;

    /// Uses the step up.
    fn consume(&self, step: Fingerprint, claim: Claim) -> Answering<'_, ()>;

    /// Gives the step back, unused. It does not wait, since it is called where nothing can.
    fn give_back(&self, step: Fingerprint, claim: Claim);

    /// Holds the key for a request with this content, or says what became of it.
    fn begin(
        &self,
        key: Fingerprint,
        caller: Fingerprint,
        content: Fingerprint,
    ) -> Answering<'_, Begun>;

    /// Keeps the answer that the key's request had.
    fn finish(&self, key: Fingerprint, claim: Claim, answer: Kept) -> Answering<'_, ()>;

    /// Forgets the key, whose request had no answer to keep. It does not wait, since it is called where nothing can.
    fn abandon(&self, key: Fingerprint, claim: Claim);
}

/// The result of taking a step.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Success: the step is held for the caller.
    Held(Claim),
    /// Refusal, with its reason.
    Refused(&'static str),
}

/// The result of beginning a key.
#[derive(Debug)]
pub(crate) enum Begun {
    /// A new key, now held for the caller.
    Held(Claim),
    /// Its first request is still being carried out.
    InFlight,
    /// A key that was used for a request with other content.
    Mismatch,
    /// Its request was carried out, and had this answer.
    Done(Kept),
}

/// The answer of a request, as far as it is kept.
#[derive(Debug, Clone)]
pub(crate) enum Kept {
    /// All of it, and what its view was chosen by.
    Answer { rendered: Box<Rendered>, sight: Sight },
    /// The fact that there was one, and no more.
    TooLarge,
    /// The same, since it showed something as its owner sees it, and nobody knows for how long the caller is the owner.
    OwnersView,
    /// Nothing: the run was cut while it went on, and nobody knows how far it came.
    Undecided,
}

/// The facts that the view of an answer is chosen by: a kept answer is shown again only while they are the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    /// The names of the views that the caller's roles admit it to: of what it owns, and of the rest.
    pub(crate) views: [Option<&'static str>; 2],
}

/// The largest answer that is kept with a key. A page of the largest resources is larger than what POST and
/// PATCH answer with.
const LARGEST: usize = 256 * 1024;

impl Kept {
    /// Returns what is kept of an outcome with a key: nothing where the server failed, or where it depends on what no key
    /// names: once a precondition holds, the same request may run.
    pub(super) fn of(outcome: &Result<Rendered, Problem>, sight: Sight) -> Option<Self> {
        let rendered = match outcome {
            Ok(rendered) => rendered.clone(),
            Err(problem) if *problem.kind() == problem::PRECONDITION_FAILED => return None,
            Err(problem) => problem.rendered(),
        };
        match rendered {
            rendered if rendered.status().is_server_error() => None,
            rendered if rendered.size() > LARGEST => Some(Self::TooLarge),
            rendered => Some(Self::Answer { rendered: Box::new(rendered), sight }),
        }
    }

    /// Bytes that it takes, about.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Answer { rendered, .. } => rendered.size(),
            Self::TooLarge | Self::OwnersView | Self::Undecided => 0,
        }
    }
}

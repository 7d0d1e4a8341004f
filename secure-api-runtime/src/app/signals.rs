//! The signals: what the answer to a request tells of its caller, here and where machines share scores.

use std::hash::{BuildHasher, Hash, Hasher};

use http::{StatusCode, request::Parts};

use super::{
    behavior::{Watch, Watched},
    client::Client,
};
use crate::{
    behavior::{Signal, Subject},
    error::{Problem, problem},
    identity::Refusal,
    limit::UsedByOthers,
    route::Route,
};

impl Watch {
    /// Notes what the answer to a request tells of its caller.
    pub(super) fn note(
        &self,
        watched: &Watched,
        client: &Client,
        parts: &Parts,
        problem: Option<&Problem>,
    ) {
        if let Some(scores) = &self.scores
            && let Some(subject) = watched.subject()
        {
            let whose = watched.whose(client);
            scores.ask(subject, whose, self.now());
            if watched.beyond > 0.0 {
                scores.tell(subject, whose, (Signal::Pace, watched.beyond));
            }
        }
        let address = watched.address.map(Subject);
        let asked = || watched.asked.unwrap_or_else(|| asked(parts));
        let Some(problem) = problem else {
            // Who is somebody here speaks for the address: of an office all are behind one.
            if let (Some(address), Some(principal)) = (watched.address, watched.principal) {
                let called = watched.called.unwrap_or_else(|| self.now());
                self.callers.prove(Subject(address), principal, called);
            }
            if let (Some(address), Some(route)) = (address, watched.route)
                && route.options.credential
            {
                self.let_in(address, (watched, client), route, asked);
            }
            return;
        };
        let Some(signal) = signal(problem, watched.route) else { return };
        let (subject, key) = match signal {
            // Whoever tries credentials is whoever sent them, not whose they would be.
            Signal::Credentials | Signal::Tokens => (address, 0),
            Signal::Invalid => (watched.subject(), self.places(problem, watched)),
            _ => (watched.subject(), asked()),
        };
        let Some(subject) = subject else { return };
        self.add(subject, (watched, client), signal, key);
        if signal == Signal::Credentials {
            let name = watched.tried.unwrap_or_else(asked);
            self.add(subject, (watched, client), Signal::Identities, name);
        }
    }

    /// Notes that a request with credentials, or for some, was answered well: a sign-in speaks for the address; who only asks about
    /// a name has tried it, whatever the answer says of it.
    fn let_in(
        &self,
        address: Subject,
        caller: (&Watched, &Client),
        route: &'static Route,
        asked: impl Fn() -> u64,
    ) {
        let lets_in = || route.arguments.iter().any(|describe| describe().lets_in());
        match caller.0.tried {
            Some(name) if lets_in() => self.callers.prove(address, name, self.now()),
            Some(name) => self.add(address, caller, Signal::Identities, name),
            // What is read by a GET is named by its path.
            None if route.verb.is_safe() => self.add(address, caller, Signal::Identities, asked()),
            None => {}
        }
    }

    /// Adds a signal of a caller, here and where machines share scores.
    fn add(
        &self,
        subject: Subject,
        (watched, client): (&Watched, &Client),
        signal: Signal,
        key: u64,
    ) {
        let counted = self.callers.note(subject, signal, key, self.now());
        if let Some(scores) = self.scores.as_ref().filter(|_| counted > 0.0) {
            let mut whose = watched.whose(client);
            whose.identity =
                whose.identity.filter(|_| watched.address.map(Subject) != Some(subject));
            scores.tell(subject, whose, (signal, counted));
        }
    }

    /// Returns a hash of the places of an input that were wrong: the same mistake again is none of looking for rules.
    fn places(&self, problem: &Problem, watched: &Watched) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        watched.route.map(|route| route.name).hash(&mut hasher);
        for field in problem.places() {
            (&field.pointer, field.code).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// Returns the signal that a refusal is, if it is one.
fn signal(refusal: &Problem, route: Option<&'static Route>) -> Option<Signal> {
    let kind = refusal.kind();
    let is = |kinds: &[&'static crate::error::ProblemType]| kinds.contains(&kind);
    if is(&[&problem::UNAUTHENTICATED]) {
        // Absent and ended credentials are anybody's.
        let why = refusal.cause().and_then(|cause| cause.downcast_ref::<Refusal>());
        let ended = matches!(
            why,
            Some(
                Refusal::Missing
                    | Refusal::Expired
                    | Refusal::Revoked
                    | Refusal::Superseded
                    | Refusal::Gone
            )
        );
        return (!ended).then_some(Signal::Tokens);
    }
    if is(&[&problem::NOT_FOUND, &problem::FORBIDDEN]) {
        return Some(if route.is_some() { Signal::Objects } else { Signal::Missing });
    }
    if is(&[&problem::METHOD_NOT_ALLOWED]) {
        return Some(Signal::Missing);
    }
    if is(&[
        &problem::INVALID_INPUT,
        &problem::INVALID_QUERY,
        &problem::INVALID_HEADER,
        &problem::INVALID_COOKIE,
    ]) {
        return Some(Signal::Invalid);
    }
    if is(&[&problem::OUT_OF_ORDER]) {
        return Some(Signal::Order);
    }
    if is(&[&problem::QUOTA_EXCEEDED]) {
        // Whoever asks for what others have used up is none of those who did.
        let by_others = refusal.cause().is_some_and(|cause| cause.is::<UsedByOthers>());
        return (!by_others).then_some(Signal::Quota);
    }
    if is(&[
        &problem::MALFORMED,
        &problem::MISDIRECTED,
        &problem::TARGET_TOO_LONG,
        &problem::TOO_MANY_FIELDS,
    ]) {
        return Some(Signal::Malformed);
    }
    // A 422 of a handler that takes credentials says that they are wrong.
    let credential = route.is_some_and(|route| route.options.credential);
    let wrong = kind.status() == StatusCode::UNPROCESSABLE_ENTITY
        && !is(&[&problem::IDEMPOTENCY_MISMATCH, &problem::WEAK_PASSWORD]);
    (is(&[&problem::WRONG_CREDENTIALS]) || (credential && wrong)).then_some(Signal::Credentials)
}

/// Returns a hash of method and path. Only told apart within one caller's sketch of 64 bits, so that one which anybody can
/// compute is good enough.
pub(super) fn asked(parts: &Parts) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    (parts.method.as_str(), parts.uri.path()).hash(&mut hasher);
    hasher.finish()
}

//! The behavior of callers: what stages and answers tell of them, and who has less of its limits for it.
//!
//! The arithmetic is in [`crate::behavior`]; here is which refusal is which signal, and whose.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hash, Hasher},
    sync::{Mutex, MutexGuard, PoisonError},
};

use http::{StatusCode, request::Parts};

use super::{Settings, client::Client};
use crate::{
    behavior::{
        Admission, Behavior, Callers, Paces, Scoring, Signal, Subject, Usual, learned::Learned,
    },
    clock::Clock,
    error::{Problem, problem},
    fingerprint::random_key,
    identity::{Identity, Refusal},
    limit::{AddressKey, Limit, Unit},
    route::Route,
};

/// The behavior of an app's callers.
pub(super) struct Watch {
    callers: Callers,
    /// The paces, in parts that are locked apart.
    paces: [Mutex<Paces>; PARTS],
    /// The rate at which an address may call what nothing answers.
    unanswered: Rate,
    hasher: RandomState,
    clock: Clock,
}

const PARTS: usize = 16;

/// The callers and routes whose pace is known, 256 kB for all of them.
const CELLS: usize = 16_384 / PARTS;

/// The rate that the limits of an operation let a caller have, and what callers do there.
pub(super) struct Rate {
    /// Milliseconds in which one call comes back.
    interval: f64,
    /// The window of the limit, in milliseconds.
    window: u64,
    usual: Mutex<Usual>,
}

/// The caller of one request, as its behavior is weighed.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// The address, where somebody says who is connected: a whole network behind one unknown address is nobody's behavior.
    address: Option<u64>,
    principal: Option<u64>,
    /// The hash of method and path, where a handler takes the head of the request.
    asked: Option<u64>,
    /// The route, once one was found.
    route: Option<&'static Route>,
}

impl Watched {
    /// Notes the address that a request comes from.
    pub(super) fn at(&mut self, address: &AddressKey, client: &Client) {
        self.address = client.address().map(|_| address.half());
    }

    /// Notes what is asked for, while the head of the request is there.
    pub(super) fn asks(&mut self, parts: &Parts) {
        self.asked = Some(asked(parts));
    }

    /// Notes the route that was found.
    pub(super) fn calls(&mut self, route: &'static Route) {
        self.route = Some(route);
    }

    /// Notes who is calling.
    pub(super) fn is(&mut self, identity: Option<&Identity>) {
        // Other bits than those of an address, which may be anybody's.
        self.principal = identity.map(|identity| !identity.fingerprint().half());
    }

    /// Returns the caller: the principal, or the address of one who is nobody.
    fn subject(&self) -> Option<Subject> {
        self.principal.or(self.address).map(Subject)
    }
}

impl Rate {
    /// Returns the rate of these limits: of one caller, the most generous, since another arm may be another role's.
    pub(super) fn of<'a>(limits: impl IntoIterator<Item = &'a Limit>) -> Self {
        let own = |limit: &&Limit| {
            let counts = matches!(limit.unit(), Unit::Principal | Unit::Address);
            counts && limit.count() > 0 && !limit.is_at_once() && !limit.is_observed()
        };
        let rates = limits.into_iter().filter(own).map(|limit| {
            let window = limit.window().as_secs_f64() * 1000.0;
            (window / f64::from(limit.count()), window as u64)
        });
        // Without a limit of its own: that of a person who reads.
        let (interval, window) =
            rates.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((100.0, 60_000));
        Self { interval, window, usual: Mutex::default() }
    }
}

impl Watch {
    /// Creates the watch of an app, if it is to have one. Under a load test nobody is weighed: all callers are one there, and it
    /// does nothing but call.
    pub(super) fn of(settings: &Settings) -> Option<Self> {
        let Settings { behavior, limit_scale, address_limit, clock, .. } = settings;
        let is_on = behavior.is_on() && *limit_scale == 1;
        is_on.then(|| Self::new(*behavior, address_limit, clock))
    }

    fn new(behavior: Behavior, address_limit: &Limit, clock: &Clock) -> Self {
        let callers = Callers::new(behavior.callers(), Scoring::PUBLISHED);
        let seed = || random_key().iter().fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        Self {
            callers: match behavior.learns() {
                true => callers.learning(Learned::new(seed())),
                false => callers,
            },
            paces: std::array::from_fn(|_| Mutex::new(Paces::new(CELLS))),
            unanswered: Rate::of([address_limit]),
            hasher: RandomState::new(),
            clock: clock.clone(),
        }
    }

    fn now(&self) -> u64 {
        self.clock.monotonic_nanos() / 1_000_000
    }

    /// Counts a call of an operation, or of none, and refuses a caller that has used up what its score leaves of its limits.
    ///
    /// # Errors
    ///
    /// `429 abnormal-usage-detected`, whose cause for the log is the score with its terms.
    pub(super) fn admit(&self, watched: &Watched, rate: Option<&Rate>) -> Result<(), Problem> {
        let rate = rate.unwrap_or(&self.unanswered);
        let Some(subject) = watched.subject() else { return Ok(()) };
        let now = self.now();
        let place: *const Rate = rate;
        // The subject is a keyed hash already.
        let both = subject.0 ^ (place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let paces = &self.paces[both as usize % PARTS];
        let beyond = locked(paces).call(both.rotate_right(8), now, &mut locked(&rate.usual));
        if beyond {
            self.callers.note(subject, Signal::Pace, 0, now);
        }
        match self.callers.admit(subject, rate.interval, rate.window, now) {
            Admission::Open | Admission::Tightened => Ok(()),
            Admission::Refused { wait, step, explained } => {
                Err(Problem::new(&problem::ABNORMAL_USAGE)
                    .retry_after(wait.div_ceil(1000))
                    .because(format!("step {step} by a score of {explained}")))
            }
        }
    }

    /// Notes what the answer to a request tells of its caller.
    pub(super) fn note(&self, watched: &Watched, parts: &Parts, problem: Option<&Problem>) {
        let Some(problem) = problem else {
            // Who is somebody here speaks for the address: of an office all are behind one.
            if let (Some(address), Some(principal)) = (watched.address, watched.principal) {
                self.callers.prove(Subject(address), principal, self.now());
            }
            return;
        };
        let Some(signal) = signal(problem, watched.route) else { return };
        let address = watched.address.map(Subject);
        let asked = watched.asked.unwrap_or_else(|| asked(parts));
        let (subject, key) = match signal {
            // Whoever tries credentials is whoever sent them, not whose they would be.
            Signal::Credentials | Signal::Tokens => (address, 0),
            Signal::Invalid => (watched.subject(), self.places(problem, watched)),
            _ => (watched.subject(), asked),
        };
        let (Some(subject), now) = (subject, self.now()) else { return };
        self.callers.note(subject, signal, key, now);
        if signal == Signal::Credentials {
            self.callers.note(subject, Signal::Identities, asked, now);
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
    if is(&[&problem::INVALID_INPUT, &problem::INVALID_QUERY]) {
        return Some(Signal::Invalid);
    }
    if is(&[&problem::OUT_OF_ORDER]) {
        return Some(Signal::Order);
    }
    if is(&[&problem::QUOTA_EXCEEDED]) {
        // Whoever asks for what others have used up is none of those who did.
        let by_others =
            refusal.cause().is_some_and(|cause| cause.is::<crate::limit::UsedByOthers>());
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
fn asked(parts: &Parts) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    (parts.method.as_str(), parts.uri.path()).hash(&mut hasher);
    hasher.finish()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Counts that were half changed are still counts.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! The behavior of callers: what stages and answers tell of them, and who has less of its limits for it.
//!
//! The arithmetic is in [`crate::behavior`]; here is which refusal is which signal, and whose.

use std::{
    collections::hash_map::RandomState,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::request::Parts;

use super::{
    Settings,
    client::Client,
    scores::{Scores, Whose},
    signals::asked,
};
use crate::{
    behavior::{
        Admission, Behavior, Callers, Paces, Scoring, Signal, Subject, Tried, Usual,
        learned::Learned,
    },
    clock::Clock,
    error::{Problem, problem},
    fingerprint::random_key,
    identity::Identity,
    ledger::AppLedger,
    limit::{AddressKey, Limit, Quota, Unit},
    route::Route,
};

/// The behavior of an app's callers.
pub(super) struct Watch {
    pub(super) callers: Arc<Callers>,
    /// The scores of other machines, where they share a ledger.
    pub(super) scores: Option<Arc<Scores>>,
    /// The paces, in parts that are locked apart.
    paces: [Mutex<Paces>; PARTS],
    /// The rate at which an address may call what nothing answers.
    unanswered: Rate,
    pub(super) hasher: RandomState,
    clock: Clock,
}

const PARTS: usize = 16;

/// The nanoseconds of a millisecond.
const MILLI: u64 = 1_000_000;

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
    pub(super) address: Option<u64>,
    pub(super) principal: Option<u64>,
    /// The principal itself, whom machines and the live inventory know by one name.
    pub(super) identity: Option<Arc<Identity>>,
    /// `true` once the caller may call the operation, also as nobody. Who is refused before that is a stranger.
    pub(super) is_admitted: bool,
    /// `true` if its score leaves less of its limits.
    pub(super) is_tightened: bool,
    /// The calls beyond what callers of its route send that it counted for.
    pub(super) beyond: f64,
    /// The hash of method and path, where a handler takes the head of the request.
    pub(super) asked: Option<u64>,
    /// The name that is tried, once it was read.
    pub(super) tried: Option<u64>,
    /// The route, once one was found.
    pub(super) route: Option<&'static Route>,
    /// The time at which its call was counted, in milliseconds.
    pub(super) called: Option<u64>,
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

    /// Notes for whom credentials were sent.
    pub(super) fn tries(&mut self, tried: Option<Tried>) {
        self.tried = tried.and_then(|tried| tried.name());
    }

    /// Notes who is calling.
    pub(super) fn is(&mut self, identity: Option<&Arc<Identity>>) {
        // Other bits than those of an address, which may be anybody's.
        self.principal = identity.map(|identity| !identity.fingerprint().half());
        self.identity = identity.cloned();
    }

    /// Returns the caller: the principal, or the address of one who is nobody.
    pub(super) fn subject(&self) -> Option<Subject> {
        self.principal.or(self.address).map(Subject)
    }

    /// Returns the caller as the log tells it, once it is known. A line that nobody writes has nothing hashed for it.
    pub(super) fn subject_in_log<'a>(
        &'a self,
        ledger: &'a AppLedger,
    ) -> Option<impl fmt::Display + 'a> {
        let identity = self.identity.as_deref()?;
        Some(fmt::from_fn(move |f| {
            fmt::Display::fmt(&ledger.subject_in_log(identity.issuer(), identity.subject()), f)
        }))
    }

    /// Returns the caller as all machines know it.
    pub(super) fn whose(&self, client: &Client) -> Whose<'_> {
        Whose { address: client.address(), identity: self.identity.as_deref() }
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
    pub(super) fn of(settings: &Settings, ledger: &AppLedger) -> Option<Self> {
        let Settings { behavior, limit_scale, address_limit, clock, .. } = settings;
        let is_on = behavior.is_on() && *limit_scale == 1;
        is_on.then(|| Self::new(*behavior, address_limit, clock, ledger))
    }

    fn new(behavior: Behavior, address_limit: &Limit, clock: &Clock, ledger: &AppLedger) -> Self {
        let callers = Callers::new(behavior.callers(), Scoring::PUBLISHED);
        let seed = || random_key().iter().fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        let callers = Arc::new(match behavior.learns() {
            true => callers.learning(Learned::new(seed())),
            false => callers,
        });
        let scores = (!ledger.is_here())
            .then(|| Scores::new(ledger.clone(), Arc::clone(&callers), clock.clone()));
        Self {
            callers,
            scores,
            paces: std::array::from_fn(|_| Mutex::new(Paces::new(CELLS))),
            unanswered: Rate::of([address_limit]),
            hasher: RandomState::new(),
            clock: clock.clone(),
        }
    }

    pub(super) fn now(&self) -> u64 {
        self.clock.monotonic_nanos() / MILLI
    }

    /// Counts a call of an operation, or of none, and refuses a caller that has used up what its score leaves of its limits.
    ///
    /// # Errors
    ///
    /// `429 abnormal-usage-detected`, whose cause for the log is the score with its terms.
    pub(super) fn admit(
        &self,
        watched: &mut Watched,
        quota: &mut Quota,
        rate: Option<&Rate>,
    ) -> Result<(), Problem> {
        let rate = rate.unwrap_or(&self.unanswered);
        let Some(subject) = watched.subject() else { return Ok(()) };
        // The time at which its limits were charged: a reading costs as much as all else here.
        let now = *watched.called.insert(quota.called(&self.clock) / MILLI);
        let place: *const Rate = rate;
        // The subject is a keyed hash already.
        let both = subject.0 ^ (place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let paces = &self.paces[both as usize % PARTS];
        let beyond = locked(paces).call(both.rotate_right(8), now, &mut locked(&rate.usual));
        if beyond {
            watched.beyond = self.callers.note(subject, Signal::Pace, 0, now);
        }
        match self.callers.admit(subject, rate.interval, rate.window, now) {
            Admission::Open => Ok(()),
            Admission::Tightened => {
                watched.is_tightened = true;
                Ok(())
            }
            Admission::Refused { wait, step, explained } => {
                Err(Problem::new(&problem::ABNORMAL_USAGE)
                    .retry_after(wait.div_ceil(1000))
                    .because(format!("step {step} by a score of {explained}")))
            }
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Counts that were half changed are still counts.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! The framework's own: the score, and the learned choice above it. The same code as an app runs.

use super::Policy;
use crate::{
    behavior::{
        Admission, Callers, Paces, Scoring, Signal, Subject, Usual, learned::Learned, math::mixed,
    },
    world::{Ms, Outcome, ROUTES, Request, of_name},
};

/// The callers that are remembered.
const ROOM: usize = 16_384;

pub struct Scored {
    callers: Callers,
    paces: Paces,
    usual: [Usual; ROUTES],
}

impl Scored {
    pub fn new(scoring: Scoring) -> Self {
        Self {
            callers: Callers::new(ROOM, scoring),
            paces: Paces::new(16_384),
            usual: std::array::from_fn(|_| Usual::default()),
        }
    }

    pub fn learning(learned: Learned) -> Self {
        let own = Self::new(Scoring::PUBLISHED);
        Self { callers: own.callers.learning(learned), ..own }
    }

    pub fn into_learned(self) -> Learned {
        self.callers.into_learned().unwrap_or_else(|| Learned::new(0))
    }

    /// Returns the most severe step that anybody is on who has to do with a request.
    pub fn step(&self, request: &Request) -> u8 {
        subjects(request).map(|subject| self.callers.step_of(subject)).max().unwrap_or(0)
    }
}

/// Returns whom a request is weighed by: the caller, and where credentials are tried the address and the name.
fn subjects(request: &Request) -> impl Iterator<Item = Subject> {
    let credential = request.route.is_credential();
    let address = (credential && request.principal.is_some()).then(|| request.of_address());
    let name = request.name.filter(|_| credential).map(of_name);
    [Some(request.caller()), address, name].into_iter().flatten().map(Subject)
}

impl Policy for Scored {
    fn admit(&mut self, request: &Request, now: Ms) -> Result<(), Ms> {
        let (_, window) = request.route.limit();
        let mut longest = 0;
        for subject in subjects(request) {
            let admission = self.callers.admit(subject, request.route.interval(), window, now);
            if let Admission::Refused { wait, .. } = admission {
                longest = longest.max(wait);
            }
        }
        if longest > 0 { Err(longest) } else { Ok(()) }
    }

    fn outcome(&mut self, request: &Request, now: Ms) {
        let (caller, address) = (Subject(request.caller()), Subject(request.of_address()));
        let name = request.name.unwrap_or(0);
        let route = request.route as u64;
        let usual = &mut self.usual[request.route as usize];
        if self.paces.call(mixed(caller.0 ^ route << 56), now, usual) {
            self.callers.note(caller, Signal::Pace, 0, now);
        }
        let key = mixed(route << 56 ^ request.key);
        let note = |subject, signal, key| {
            self.callers.note(subject, signal, key, now);
        };
        match request.outcome {
            Outcome::Fine | Outcome::SignedIn | Outcome::Done => {
                // Whoever is let in speaks for the address.
                let signed_in = (request.outcome == Outcome::SignedIn).then_some(name);
                if let Some(identity) = request.principal.or(signed_in) {
                    self.callers.prove(address, identity.into(), now);
                }
            }
            Outcome::Asked => note(address, Signal::Identities, name.into()),
            Outcome::Wrong => {
                note(address, Signal::Credentials, 0);
                note(address, Signal::Identities, name.into());
                // The account that is tried is a caller of its own: what comes from many addresses meets there. Only
                // their number counts, so that one who guesses from one address does not shut out the owner.
                let account = Subject(of_name(name));
                note(account, Signal::Addresses, request.address.into());
            }
            Outcome::Missing => note(caller, Signal::Missing, key),
            Outcome::Refused => note(caller, Signal::Objects, key),
            Outcome::Invalid => note(caller, Signal::Invalid, key),
            Outcome::OutOfOrder => note(caller, Signal::Order, 0),
            Outcome::BadToken => note(address, Signal::Tokens, 0),
        }
    }

    fn limited(&mut self, request: &Request, now: Ms) {
        self.callers.note(Subject(request.caller()), Signal::Quota, 0, now);
    }

    fn holds(&self, request: &Request, _: Ms) -> bool {
        self.step(request) > 0
    }
}

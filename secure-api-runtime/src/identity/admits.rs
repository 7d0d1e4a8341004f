//! The sources that an operation admits: those of some kinds, one of them or all together.

use http::HeaderValue;

use super::{Identity, Kind, Place, Refusal, challenge::missing};
use crate::error::Problem;

/// The sources that an operation admits.
#[derive(Debug)]
pub(crate) struct Admits {
    /// The places of the sources.
    pub(super) places: Vec<usize>,
    /// The place of the one whose identity counts, where credentials of all are demanded.
    pub(super) all: Option<usize>,
    pub(super) kinds: Vec<Kind>,
    /// `true` if nobody has to say who is calling.
    pub(super) public: bool,
    /// The challenges to whom no credentials helped.
    pub(super) challenges: Vec<HeaderValue>,
}

impl Admits {
    pub(super) fn has(&self, place: usize) -> bool {
        self.places.contains(&place)
    }

    /// Returns `true` if credentials of several kinds are demanded together, and so many are not all.
    pub(super) fn lacks(&self, presented: usize) -> bool {
        self.all.is_some() && presented != self.places.len()
    }

    /// Returns `true` if credentials of several kinds are demanded together, and one stands in a cookie.
    pub(crate) fn demands_cookie(&self) -> bool {
        let in_cookie = |kind: &Kind| matches!(kind.place(), Place::Cookie(_));
        self.all.is_some() && self.kinds.iter().any(in_cookie)
    }

    /// Returns `true` for a caller who was identified where an operation admits `others`, and would be where these are: by the
    /// credentials that its request has.
    pub(crate) fn admit(&self, identity: &Identity, others: &Self) -> bool {
        match self.all {
            None => others.all.is_none() && self.kinds.iter().any(|kind| kind.is(identity.kind())),
            Some(_) => others.all.is_some() && self.places == others.places,
        }
    }

    /// Returns `true` if whoever is admitted here is admitted there, by whichever kind.
    pub(crate) fn within(&self, there: &Self) -> bool {
        match there.all {
            None => self.all.is_none() && self.places.iter().all(|place| there.has(*place)),
            Some(_) => self.all.is_some() && self.places == there.places,
        }
    }

    /// Refuses a caller without credentials that help: 401, with a challenge for each kind that would.
    pub(crate) fn missing(&self, refusal: Refusal) -> Problem {
        missing(&self.challenges, refusal)
    }
}

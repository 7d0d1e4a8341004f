//! The sources that an operation admits: those of some kinds, one of them or several together.

use http::HeaderValue;
use smallvec::SmallVec;

use super::{Identity, Kind, Place, Refusal, challenge::missing};
use crate::error::Problem;

/// The sources that an operation admits.
#[derive(Debug)]
pub(crate) struct Admits {
    /// The places of the sources, and their kinds.
    pub(super) all: Vec<(usize, Kind)>,
    /// The alternatives, each the places of sources whose credentials come together. The first says who is calling.
    pub(super) sets: Vec<SmallVec<[usize; 2]>>,
    /// `true` if nobody has to say who is calling.
    pub(super) public: bool,
    /// The challenges to whom no credentials helped.
    pub(super) challenges: Vec<HeaderValue>,
}

impl Admits {
    pub(super) fn has(&self, place: usize) -> bool {
        self.kind(place).is_some()
    }

    fn kind(&self, place: usize) -> Option<&Kind> {
        self.all.iter().find(|(of, _)| *of == place).map(|(_, kind)| kind)
    }

    /// Returns `true` if an alternative demands credentials of several kinds together.
    pub(super) fn demands_several(&self) -> bool {
        self.sets.iter().any(|set| set.len() > 1)
    }

    /// Returns the alternative that a request with credentials of these places has chosen: it has all that the alternative demands,
    /// and sends nothing else on purpose. Of two, a cookie is more on purpose than what a connection has.
    pub(super) fn chosen(&self, presented: &[usize]) -> Option<&[usize]> {
        let on_purpose = |place: &&usize| self.kind(**place).is_some_and(|kind| !kind.is_ambient());
        let fits = |set: &&SmallVec<[usize; 2]>| {
            set.iter().all(|place| presented.contains(place))
                && presented.iter().filter(on_purpose).all(|place| set.contains(place))
        };
        let by_cookie =
            |set: &&SmallVec<[usize; 2]>| !set.iter().any(|place| self.in_cookie(*place));
        self.sets.iter().filter(fits).min_by_key(by_cookie).map(SmallVec::as_slice)
    }

    /// Returns `true` if these are some of the credentials that an alternative demands together.
    pub(super) fn lacks(&self, presented: &[usize]) -> bool {
        let part_of = |set: &SmallVec<[usize; 2]>| {
            set.len() > 1 && presented.iter().all(|place| set.contains(place))
        };
        self.sets.iter().any(part_of)
    }

    fn in_cookie(&self, place: usize) -> bool {
        self.kind(place).is_some_and(|kind| matches!(kind.place(), Place::Cookie(_)))
    }

    /// Returns `true` for a caller who was identified elsewhere and would be where these are: by the credentials that its request
    /// has.
    pub(crate) fn admit(&self, identity: &Identity) -> bool {
        let beside = identity.beside();
        let has = |kind: &Kind| {
            kind.is(identity.kind()) || beside.iter().any(|other| kind.is(other.kind()))
        };
        self.sets.iter().any(|set| {
            set.len() == beside.len() + 1
                && set.iter().all(|place| self.kind(*place).is_some_and(has))
        })
    }

    /// Returns `true` if whoever is admitted here is admitted there, by whichever kind.
    pub(crate) fn within(&self, there: &Self) -> bool {
        let is_there = |set: &SmallVec<[usize; 2]>| {
            let alike = |other: &SmallVec<[usize; 2]>| {
                set.len() == other.len() && set.iter().all(|place| other.contains(place))
            };
            there.sets.iter().any(alike)
        };
        self.sets.iter().all(is_there)
    }

    /// Refuses a caller without credentials that help: 401, with a challenge for each kind that would.
    pub(crate) fn missing(&self, refusal: Refusal) -> Problem {
        missing(&self.challenges, refusal)
    }
}

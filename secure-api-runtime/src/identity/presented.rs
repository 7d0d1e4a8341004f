//! The credentials that a request presents, of all kinds that the app has sources of.

use http::{HeaderMap, header::AUTHORIZATION};
use smallvec::SmallVec;

use super::{
    API_KEY, API_KEY_HEADER, Admits, Head, Kind, Place, Refusal, Sources, challenge::malformed,
};
use crate::error::Problem;

/// The credentials in a request, with the places of the sources that know them.
pub(super) type Presented<'h> = SmallVec<[(usize, &'h [u8]); 2]>;

impl Sources {
    /// Refuses credentials in `Authorization` that nobody here knows, beside those that somebody does: they are of two kinds.
    pub(super) fn beside(&self, headers: &HeaderMap, presented: &Presented<'_>) -> Option<Problem> {
        let in_authorization = |kind: &Kind| kind.place() == Place::Authorization;
        let known = presented.iter().any(|(place, _)| in_authorization(&self.all[*place].0));
        (!known && headers.contains_key(AUTHORIZATION)).then(|| self.several(presented))
    }

    /// Refuses a second API key beside one that stands where the app has them: in the framework's own header, or in one that is called
    /// as the key is. A request has one credential of a kind, in one place, as it has one token (RFC 6750, section 2); of two nobody
    /// could tell which one is meant. A second one in the query is refused as what no operation reads, but by one whose extractor reads the
    /// query: nobody knows what that takes.
    pub(super) fn second_key(
        &self,
        headers: &HeaderMap,
        presented: &Presented<'_>,
    ) -> Option<Problem> {
        let is_second = |header: &str| {
            headers.contains_key(header)
                && !self.kinds().any(|kind| kind.own_header() == Some(header))
        };
        let mut keys = presented.iter().map(|(place, _)| &self.all[*place].0);
        let found = keys.any(|kind| {
            kind.name() == API_KEY
                && [Some(API_KEY_HEADER), kind.place_name()].into_iter().flatten().any(is_second)
        });
        found.then(|| self.several(presented))
    }

    /// Refuses credentials of several kinds.
    pub(super) fn several(&self, presented: &Presented<'_>) -> Problem {
        let challenges = presented.iter().map(|(place, _)| self.all[*place].0.request());
        malformed(&challenges.collect::<Vec<_>>(), Refusal::Several)
    }

    /// Returns the credentials in a request, with the places of the sources that know them. What a request has without its
    /// sender's doing counts where it is admitted, and beside nothing that was sent on purpose, unless both are demanded.
    pub(super) fn presented<'h>(
        &self,
        head: &Head<'h>,
        admits: &Admits,
    ) -> Result<Presented<'h>, Problem> {
        let mut all = SmallVec::new();
        for (place, (kind, _)) in self.all.iter().enumerate() {
            if kind.is_ambient() && !admits.has(place) {
                continue;
            }
            if let Some(presented) = kind.presented(head)? {
                all.push((place, presented));
            }
        }
        if self.ambient && !admits.demands_several() {
            let ambient = |(place, _): &(usize, &[u8])| self.all[*place].0.is_ambient();
            if head.headers().contains_key(AUTHORIZATION) || !all.iter().all(ambient) {
                all.retain(|presented| !ambient(presented));
            }
            // A browser sends both without being asked. Of the two, whoever signed in did so on purpose.
            let of = |(place, _): &(usize, &[u8])| self.all[*place].0.place();
            if all.iter().any(|presented| matches!(of(presented), Place::Cookie(_))) {
                all.retain(|presented| of(presented) != Place::Connection);
            }
        }
        Ok(all)
    }
}

/// Returns the places of the sources that know these credentials.
pub(super) fn places_of(presented: &Presented<'_>) -> SmallVec<[usize; 2]> {
    presented.iter().map(|(place, _)| *place).collect()
}

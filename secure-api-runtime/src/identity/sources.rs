//! The sources of an app: the one is asked whose credentials a request brings.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use smallvec::{SmallVec, smallvec};

use super::{
    Admits, AnySource, Bearer, By, Credential, Declined, Head, Identified, Identity, Kind, Refusal,
    Refused, Register, Revocations,
    challenge::{malformed, refused},
    presented::places_of,
};
use crate::{
    error::Problem,
    ledger::{AppLedger, Begun},
};

/// The sources of an app, each of a kind of its own.
pub(crate) struct Sources {
    pub(super) all: Vec<(Kind, Box<dyn AnySource>)>,
    /// `true` if one is of a kind that requests have without their sender's doing.
    pub(super) ambient: bool,
    revocations: Revocations,
    /// The register of accounts, where the app has one.
    accounts: Option<Arc<Register>>,
}

impl Sources {
    /// Creates an app's sources, none so far.
    pub(crate) fn new(ledger: AppLedger) -> Self {
        let revocations = Revocations::new(ledger);
        Self { all: Vec::new(), ambient: false, revocations, accounts: None }
    }

    /// Adds the register of accounts.
    pub(crate) fn ask(&mut self, accounts: Register) {
        self.accounts = Some(Arc::new(accounts));
    }

    /// Adds a source of this kind.
    ///
    /// # Errors
    ///
    /// The kind that it would be taken for, as it is the same or stands in the same header.
    pub(crate) fn add(&mut self, kind: Kind, source: Box<dyn AnySource>) -> Result<(), Kind> {
        if let Some(other) = self.kinds().find(|other| other.collides_with(&kind)) {
            return Err(*other);
        }
        self.ambient |= kind.is_ambient();
        self.all.push((kind, source));
        Ok(())
    }

    /// Returns the kinds, in the order in which they were added.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.all.iter().map(|(kind, _)| kind)
    }

    /// Begins to fetch what they will need.
    pub(crate) fn start(&self) {
        self.all.iter().for_each(|(_, source)| source.start());
    }

    /// Returns `true` if each has what it needs to tell whose credentials are good.
    pub(crate) fn are_ready(&self) -> bool {
        self.all.iter().all(|(_, source)| source.is_ready())
    }

    /// Returns the number of credentials that need not be verified again.
    #[cfg_attr(
        not(feature = "metrics"),
        allow(dead_code, reason = "only the text of metrics reads it")
    )]
    pub(crate) fn remembered(&self) -> usize {
        self.all.iter().map(|(_, source)| source.remembered()).sum()
    }

    /// Returns the revocations. A clone can be a collaborator of the handlers that log people out.
    pub(crate) fn revocations(&self) -> &Revocations {
        &self.revocations
    }

    /// Returns the beginning of a request that may let somebody in.
    ///
    /// # Errors
    ///
    /// 503 where the ledger does not answer.
    pub(crate) async fn begun(&self) -> Result<Begun, Problem> {
        self.revocations.begun().await.map_err(Problem::unavailable)
    }

    /// Returns the sources that are admitted by these kinds, of an operation that is `public` or not. A kind without a source
    /// admits nobody.
    pub(crate) fn admits(&self, by: By, public: bool) -> Admits {
        let place_of = |kind: &Kind| self.all.iter().position(|(known, _)| known.is(kind));
        let sets = match by.sets() {
            None => (0..self.all.len()).map(|place| smallvec![place]).collect(),
            Some(sets) => {
                let set = |kinds: &&[Kind]| kinds.iter().map(place_of).collect();
                sets.iter().filter_map(set).collect()
            }
        };
        let sets: Vec<SmallVec<[usize; 2]>> = sets;
        let admitted = self.kinds().copied().enumerate();
        let admitted = admitted.filter(|(place, _)| sets.iter().any(|set| set.contains(place)));
        let all: Vec<(usize, Kind)> = admitted.collect();
        Admits {
            challenges: all.iter().map(|(_, kind)| kind.challenge()).collect(),
            all,
            sets,
            public,
        }
    }

    /// Identifies the caller of a request. `None` means that there are no credentials; any that are there and do not hold
    /// are a problem: 401 with a challenge, 400 where they are in the query, come twice or are of several kinds, 503 where
    /// their source cannot tell. The problem's cause is for the log and contains nothing of them.
    pub(crate) async fn identify(
        &self,
        head: &Head<'_>,
        admits: &Admits,
    ) -> Result<Option<Arc<Identity>>, Problem> {
        if head.uri().query().is_some_and(has_token) {
            return Err(malformed(&[Bearer::KIND.request()], Refusal::Query));
        }
        let mut presented = self.presented(head, admits)?;
        let Some(&(first, _)) = presented.first() else {
            return match head.headers().contains_key(AUTHORIZATION) {
                // Credentials that nobody here knows are like none, but were tried.
                true => Err(admits.missing(Refusal::Scheme)),
                false => Ok(None),
            };
        };
        if let Some(unknown) = self.beside(head.headers(), &presented) {
            return Err(unknown);
        }
        if let Some(second) = self.second_key(head.headers(), &presented)
            && !crate::weakened::is("two-kinds")
        {
            return Err(second);
        }
        if presented.iter().any(|(place, _)| !admits.has(*place)) && !crate::weakened::is("kind") {
            return Err(admits.missing(Refusal::Kind));
        }
        let places = places_of(&presented);
        let counts = match admits.chosen(&places) {
            Some(set) => {
                presented.retain(|(place, _)| set.contains(place));
                set[0]
            }
            None if admits.lacks(&places) && !crate::weakened::is("together") => {
                return Err(admits.missing(Refusal::Missing));
            }
            None if presented.len() > 1 && !crate::weakened::is("two-kinds") => {
                return Err(self.several(&presented));
            }
            None => {
                presented.truncate(1);
                first
            }
        };
        // The one whose identity counts is asked last, so that what is returned is its own.
        presented.sort_by_key(|(place, _)| *place == counts);
        let (mut identity, mut ended) = (None, false);
        let mut others = SmallVec::<[Arc<Identity>; 2]>::new();
        for &(place, credentials) in &presented {
            let (kind, source) = &self.all[place];
            let found = match source.identify(credentials, head) {
                Identified::Now(found) => found,
                Identified::Later(found) => found.await,
            };
            // Revocation, then standing.
            let found = match found {
                Ok(found) => self.counts(found, head).await.map_err(Declined::from),
                Err(why) => Err(why),
            };
            match found {
                // Who calls by credentials of two tenants is a caller of neither.
                Ok(found) if others.iter().any(|other| are_apart(other, &found)) => {
                    return Err(refused(kind, Refused::invalid(Refusal::Apart).into()));
                }
                Ok(found) if place != counts => others.push(found),
                Ok(found) => identity = Some(found),
                // A browser sends what has ended until it is given something else, to a page to sign in as well. What came
                // beside it, where both are demanded, is not enough, and is refused where it does not hold.
                Err(Declined { refused: Refused::Invalid(_), .. })
                    if kind.is_ambient() && admits.public =>
                {
                    ended = true;
                }
                Err(why) => return Err(refused(kind, why)),
            }
        }
        let identity = identity.filter(|_| !ended);
        match others.is_empty() {
            true => Ok(identity),
            false => Ok(identity.map(|found: Arc<Identity>| Arc::new(found.with_beside(others)))),
        }
    }

    /// Refuses a caller whose credentials were ended since they were identified by this head, by whatever ends them. Returns the
    /// identity with the roles that it has left.
    pub(crate) async fn still(
        &self,
        identity: Arc<Identity>,
        head: &Head<'_>,
        admits: &Admits,
    ) -> Result<Arc<Identity>, Problem> {
        let mut presented = self.presented(head, admits)?;
        // A certificate has its own end, and is no more in a request once it has come.
        match admits.chosen(&places_of(&presented)) {
            Some(set) => presented.retain(|(place, _)| set.contains(place)),
            None => return Err(admits.missing(Refusal::Missing)),
        }
        for (place, credentials) in presented {
            let (kind, source) = &self.all[place];
            let asked = source.still(credentials, head).await;
            asked.map_err(|why| refused(kind, why.into()))?;
        }
        for other in identity.beside() {
            let counts = self.counts(Arc::clone(other), head).await;
            counts.map_err(|why| refused(other.kind(), why.into()))?;
        }
        let kind = *identity.kind();
        self.counts(identity, head).await.map_err(|why| refused(&kind, why.into()))
    }

    /// Returns an identity that was not revoked and whose account stands, with the roles that it still has.
    async fn counts(
        &self,
        found: Arc<Identity>,
        head: &Head<'_>,
    ) -> Result<Arc<Identity>, Refused> {
        let revoked = match self.revocations.check(&found).await {
            Err(_) if crate::weakened::is("revocation") => None,
            checked => checked?,
        };
        let found = match revoked {
            // What is made by these credentials within this second is not of those that were revoked in it.
            Some(since) if since > head.clock().unix_seconds() => {
                Arc::new(found.issuing_from(since))
            }
            _ => found,
        };
        match &self.accounts {
            None => Ok(found),
            // It waits at times, and is large: on the heap it costs those nothing who have none.
            Some(accounts) => Box::pin(accounts.check(found, revoked)).await,
        }
    }
}

/// Returns `true` if both state a tenant, and not one.
fn are_apart(one: &Identity, other: &Identity) -> bool {
    matches!((one.tenant(), other.tenant()), (Some(one), Some(other)) if one != other)
}

/// Returns `true` if a token is in the query. RFC 6750, section 2.3, is not offered: a query string ends up in logs and
/// histories.
fn has_token(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token")
}

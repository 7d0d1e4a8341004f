//! The sources of an app: the one is asked whose credentials a request brings.

use std::sync::Arc;

use http::{HeaderMap, header::AUTHORIZATION};
use smallvec::SmallVec;

use super::{
    Admits, AnySource, Bearer, By, Credential, Declined, Head, Identified, Identity, Kind, Place,
    Refusal, Refused, Register, Revocations,
    challenge::{malformed, refused},
};
use crate::{
    error::Problem,
    ledger::{AppLedger, Begun},
};

/// The credentials in a request, with the places of the sources that know them.
type Presented<'h> = SmallVec<[(usize, &'h [u8]); 2]>;

/// The sources of an app, each of a kind of its own.
pub(crate) struct Sources {
    all: Vec<(Kind, Box<dyn AnySource>)>,
    /// `true` if one is of a kind that requests have without their sender's doing.
    ambient: bool,
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
        let stated = |kind: &Kind| match by {
            By::Unstated => true,
            By::AnyOf(kinds) | By::AllOf(kinds) => kinds.iter().any(|stated| stated.is(kind)),
        };
        let admitted = || self.all.iter().enumerate().filter(|(_, (kind, _))| stated(kind));
        let first = |kinds: &[Kind]| {
            let first = kinds.first()?;
            self.all.iter().position(|(kind, _)| kind.is(first))
        };
        Admits {
            places: admitted().map(|(place, _)| place).collect(),
            all: match by {
                By::AllOf(kinds) => first(kinds),
                By::Unstated | By::AnyOf(_) => None,
            },
            kinds: admitted().map(|(_, (kind, _))| *kind).collect(),
            public,
            challenges: admitted().map(|(_, (kind, _))| kind.challenge()).collect(),
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
        if presented.iter().any(|(place, _)| !admits.has(*place)) && !crate::weakened::is("kind") {
            return Err(admits.missing(Refusal::Kind));
        }
        let counts = match admits.all {
            Some(_) if admits.lacks(presented.len()) && !crate::weakened::is("together") => {
                return Err(admits.missing(Refusal::Missing));
            }
            Some(place) => place,
            None if presented.len() > 1 && !crate::weakened::is("two-kinds") => {
                return Err(self.several(&presented));
            }
            None => first,
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
                Ok(found) if admits.all.is_some() && place != counts => others.push(found),
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
        let presented = self.presented(head, admits)?;
        // A certificate has its own end, and is no more in a request once it has come.
        if presented.is_empty() || admits.lacks(presented.len()) {
            return Err(admits.missing(Refusal::Missing));
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

    /// Refuses credentials in `Authorization` that nobody here knows, beside those that somebody does: they are of two kinds.
    fn beside(&self, headers: &HeaderMap, presented: &Presented<'_>) -> Option<Problem> {
        let in_authorization = |kind: &Kind| kind.place() == Place::Authorization;
        let known = presented.iter().any(|(place, _)| in_authorization(&self.all[*place].0));
        (!known && headers.contains_key(AUTHORIZATION)).then(|| self.several(presented))
    }

    /// Refuses credentials of several kinds.
    fn several(&self, presented: &Presented<'_>) -> Problem {
        let challenges = presented.iter().map(|(place, _)| self.all[*place].0.request());
        malformed(&challenges.collect::<Vec<_>>(), Refusal::Several)
    }

    /// Returns the credentials in a request, with the places of the sources that know them. What a request has without its
    /// sender's doing counts where it is admitted, and beside nothing that was sent on purpose, unless both are demanded.
    fn presented<'h>(&self, head: &Head<'h>, admits: &Admits) -> Result<Presented<'h>, Problem> {
        let mut all = SmallVec::new();
        for (place, (kind, _)) in self.all.iter().enumerate() {
            if kind.is_ambient() && !admits.has(place) {
                continue;
            }
            if let Some(presented) = kind.presented(head)? {
                all.push((place, presented));
            }
        }
        if self.ambient && admits.all.is_none() {
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

/// Returns `true` if both state a tenant, and not one.
fn are_apart(one: &Identity, other: &Identity) -> bool {
    matches!((one.tenant(), other.tenant()), (Some(one), Some(other)) if one != other)
}

/// Returns `true` if a token is in the query. RFC 6750, section 2.3, is not offered: a query string ends up in logs and
/// histories.
fn has_token(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token")
}

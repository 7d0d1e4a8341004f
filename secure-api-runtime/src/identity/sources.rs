//! The sources of an app: the one is asked whose credentials a request brings.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use smallvec::SmallVec;

use super::{
    AnySource, Bearer, By, CallerId, Credential, Head, Identified, Identity, Kind, Principal,
    Refusal, Refused, Revocations, Source,
    challenge::{is_scope, malformed, missing, refused},
};
use crate::{clock::Clock, error::Problem, role::RoleTable};

/// The most sources of an app: a place of each is a bit.
const MOST: usize = u32::BITS as usize;

/// The longest name of an issuer, subject, tenant or client (OpenID Connect Core, section 2, for `sub`).
const LONGEST_NAME: usize = 255;

/// The credentials in a request, with the places of the sources that know them.
type Presented<'h> = SmallVec<[(usize, &'h [u8]); 2]>;

/// The sources of an app, each of a kind of its own.
pub(crate) struct Sources {
    all: Vec<(Kind, Box<dyn AnySource>)>,
    revocations: Revocations,
}

/// The sources that an operation admits.
#[derive(Debug)]
pub(crate) struct Admits {
    /// The places of the sources, as bits.
    places: u32,
    /// The place of the one whose identity counts, where credentials of all are demanded.
    all: Option<usize>,
    kinds: Vec<Kind>,
    /// The challenges to whom no credentials helped.
    challenges: Vec<HeaderValue>,
}

impl Sources {
    /// Creates an app's sources, none so far.
    pub(crate) fn new(clock: Clock) -> Self {
        Self { all: Vec::new(), revocations: Revocations::new(clock) }
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
        // Of more than there are bits for, the last would be admitted nowhere.
        if self.all.len() == MOST {
            return Err(kind);
        }
        self.all.push((kind, source));
        Ok(())
    }

    /// Returns the kinds, in the order in which they were added.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.all.iter().map(|(kind, _)| kind)
    }

    /// Returns the revocations. A clone can be a collaborator of the handlers that log people out.
    pub(crate) fn revocations(&self) -> &Revocations {
        &self.revocations
    }

    /// Returns the sources that are admitted by these kinds. A kind without a source admits nobody.
    pub(crate) fn admits(&self, by: By) -> Admits {
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
            places: admitted().fold(0, |places, (place, _)| places | 1 << place),
            all: match by {
                By::AllOf(kinds) => first(kinds),
                By::Unstated | By::AnyOf(_) => None,
            },
            kinds: admitted().map(|(_, (kind, _))| *kind).collect(),
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
        let mut presented = self.presented(head.headers())?;
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
        if presented.iter().any(|(place, _)| !admits.has(*place)) {
            return Err(admits.missing(Refusal::Kind));
        }
        let counts = match admits.all {
            Some(place) if presented.len() == admits.count() => place,
            Some(_) => return Err(admits.missing(Refusal::Missing)),
            None if presented.len() > 1 => return Err(self.several(&presented)),
            None => first,
        };
        // The one whose identity counts is asked last, so that what is returned is its own.
        presented.sort_by_key(|(place, _)| *place == counts);
        let mut identity = None;
        for &(place, credentials) in &presented {
            let (kind, source) = &self.all[place];
            let found = match source.identify(credentials, head) {
                Identified::Now(found) => found,
                Identified::Later(found) => found.await,
            };
            let found = found.and_then(|found| {
                self.revocations.check(&found).map_err(Refused::invalid)?;
                Ok(found)
            });
            identity = Some(found.map_err(|why| refused(kind, why))?);
        }
        Ok(identity)
    }

    /// Refuses credentials in `Authorization` that nobody here knows, beside those that somebody does: they are of two kinds.
    fn beside(&self, headers: &HeaderMap, presented: &Presented<'_>) -> Option<Problem> {
        let known = presented.iter().any(|(place, _)| self.all[*place].0.own_header().is_none());
        (!known && headers.contains_key(AUTHORIZATION)).then(|| self.several(presented))
    }

    /// Refuses credentials of several kinds.
    fn several(&self, presented: &Presented<'_>) -> Problem {
        let challenges = presented.iter().map(|(place, _)| self.all[*place].0.request());
        malformed(&challenges.collect::<Vec<_>>(), Refusal::Several)
    }

    /// Returns the credentials in a request, with the places of the sources that know them.
    fn presented<'h>(&self, headers: &'h HeaderMap) -> Result<Presented<'h>, Problem> {
        let mut all = SmallVec::new();
        for (place, (kind, _)) in self.all.iter().enumerate() {
            if let Some(presented) = kind.presented(headers)? {
                all.push((place, presented));
            }
        }
        Ok(all)
    }
}

impl Admits {
    fn has(&self, place: usize) -> bool {
        self.places & (1 << place) != 0
    }

    fn count(&self) -> usize {
        self.places.count_ones() as usize
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
            None => self.all.is_none() && self.places & !there.places == 0,
            Some(_) => self.all.is_some() && self.places == there.places,
        }
    }

    /// Refuses a caller without credentials that help: 401, with a challenge for each kind that would.
    pub(crate) fn missing(&self, refusal: Refusal) -> Problem {
        missing(&self.challenges, refusal)
    }
}

/// A source of an app's own, and what its principals are held against.
pub(crate) struct Own<S> {
    pub(crate) source: S,
    pub(crate) roles: &'static RoleTable,
    /// `true` if each caller has a tenant.
    pub(crate) tenants: bool,
    pub(crate) clock: Clock,
}

impl<S: Source> AnySource for Own<S> {
    fn identify<'a>(&'a self, presented: &'a [u8], head: &'a Head<'a>) -> Identified<'a> {
        Identified::Later(Box::pin(async move {
            let principal = self.source.identify(presented, head).await?;
            let identity = self.identity(&principal).map_err(Refused::invalid)?;
            Ok(Arc::new(identity))
        }))
    }
}

impl<S: Source> Own<S> {
    /// Returns the identity of a principal, if what its source says is acceptable.
    fn identity(&self, principal: &Principal) -> Result<Identity, Refusal> {
        let Principal { issuer, subject, tenant, roles, scopes, .. } = principal;
        if !is_name(issuer) {
            return Err(Refusal::Issuer);
        }
        if !is_name(subject) || !principal.client_id.as_deref().is_none_or(is_name) {
            return Err(Refusal::Subject);
        }
        let tenant = tenant.as_deref();
        if !tenant.map_or(!self.tenants, is_name) {
            return Err(Refusal::Tenant);
        }
        if !scopes.iter().all(|scope| is_scope(scope)) {
            return Err(Refusal::Scope);
        }
        let expires_at = principal.expires_at.unwrap_or(i64::MAX);
        if self.clock.unix_seconds() >= expires_at {
            return Err(Refusal::Expired);
        }
        let granted = self.roles.granted(roles.iter().map(String::as_str));
        let identity = Identity::new(issuer.as_str().into(), tenant, subject, granted, expires_at);
        // A caller whose id no column holds would own nothing.
        if identity.id().as_str().len() > CallerId::MAX_LEN {
            return Err(Refusal::Subject);
        }
        Ok(identity
            .with_kind(S::Kind::KIND)
            .with_scopes(scopes.iter().map(String::as_str))
            .with_client_id(principal.client_id.as_deref())
            .with_token_id(principal.credential_id.as_deref())
            .with_issued_at(principal.issued_at))
    }
}

/// Returns `true` for a name that can stand in a line of a log.
fn is_name(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// Returns `true` if a token is in the query. RFC 6750, section 2.3, is not offered: a query string ends up in logs and
/// histories.
fn has_token(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token")
}

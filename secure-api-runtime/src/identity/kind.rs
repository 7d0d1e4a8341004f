//! Kinds of credentials, as `by` names them: where in a request they stand, and how a refusal asks for them.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Head, Refusal, challenge::malformed, cookie};
use crate::{error::Problem, weakened};

/// A kind of credentials that callers prove themselves with, as `by = [Bearer, Badge]` names it.
///
/// [`Bearer`] is the framework's; a [`Source`](super::Source) of your own has a kind of its own.
///
/// ```
/// use secure_api::identity::{Credential, Kind};
///
/// /// The badge that a reader at the door reads.
/// enum Badge {}
///
/// impl Credential for Badge {
///     const KIND: Kind = Kind::header("Badge", "x-badge");
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "SA163: `{Self}` is no kind of credentials",
    label = "not a kind of credentials",
    note = "name one that the framework has, as `Bearer`, or write `impl Credential` for your own"
)]
pub trait Credential: 'static {
    /// The facts of the kind.
    const KIND: Kind;
}

/// Access tokens, sent as bearer tokens (RFC 6750), of the app's issuers.
#[derive(Debug)]
pub enum Bearer {}

impl Credential for Bearer {
    const KIND: Kind = Kind::authorization("Bearer");
}

/// Access tokens that are bound to a key, sent with a proof of it (RFC 9449). Their scheme is that of the kind
/// [`Dpop`](crate::dpop::Dpop).
pub(crate) const DPOP: Kind = Kind::authorization("DPoP");

/// The name of the kind of credentials that API keys are.
pub(crate) const API_KEY: &str = "ApiKey";

/// The header in which API keys stand, where nothing else is stated.
pub(crate) const API_KEY_HEADER: &str = "x-api-key";

/// The algorithms of proofs, as challenges name them. Ed25519 has two names (RFC 8037, RFC 9864).
pub(crate) const PROOF_ALGORITHMS: &str = "ES256 EdDSA Ed25519 RS256";

/// The facts of a kind of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    name: &'static str,
    place: Place,
    /// The reason why they stand where others read them.
    reason: Option<&'static str>,
}

/// The place in a request where credentials stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Behind the kind's name in `Authorization`.
    Authorization,
    /// A header of their own, by its name.
    Header(&'static str),
    /// A cookie, by its name.
    Cookie(&'static str),
    /// A parameter of the query, by its name.
    Query(&'static str),
    /// The certificate of the client, which the connection has.
    Connection,
}

impl Kind {
    /// Creates a kind that is sent as `Authorization: Name credentials` (RFC 9110, section 11.6.2). The name is of letters, digits
    /// and hyphens; in a request its case does not matter.
    pub const fn authorization(name: &'static str) -> Self {
        Self { name, place: Place::Authorization, reason: None }
    }

    /// Creates a kind that is sent in a header of its own, named in lower case. Refusals ask for it by the kind's name.
    ///
    /// The header is one that only who means to send credentials sends. What a browser or a proxy adds by itself is none, as
    /// `cookie`: any page could have it sent. Neither is one that says something else, as `host`. An app with a source of such
    /// a kind does not start (SA168).
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self { name, place: Place::Header(header), reason: None }
    }

    /// Creates a kind that browsers send by themselves, in a cookie of this name. As with sessions, what changes something is asked for
    /// by a page of one's own, so the app states its [`base_url`](crate::app::AppBuilder::base_url), or does not start (SA138).
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self { name, place: Place::Cookie(cookie), reason: None }
    }

    /// Creates a kind that is sent as a parameter of the query, for a contract that others wrote. URLs are kept by the logs of proxies,
    /// by histories and by whoever is sent one, so this has a reason, a sentence for the one who reviews it; it is listed with the
    /// other exceptions. The app takes the parameter out of each request before anything else reads the query.
    pub const fn query(name: &'static str, parameter: &'static str, reason: &'static str) -> Self {
        Self { name, place: Place::Query(parameter), reason: Some(reason) }
    }

    /// Creates the kind that a connection has: the certificate of its client.
    pub(crate) const fn connection(name: &'static str) -> Self {
        Self { name, place: Place::Connection, reason: None }
    }

    /// Returns the name, as documents, challenges and the inventory have it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the place where the credentials stand.
    pub(crate) const fn place(&self) -> Place {
        self.place
    }

    /// Returns the name of that place, where it has one.
    pub(super) const fn place_name(&self) -> Option<&'static str> {
        match self.place {
            Place::Header(name) | Place::Cookie(name) | Place::Query(name) => Some(name),
            Place::Authorization | Place::Connection => None,
        }
    }

    /// Returns the reason why they stand where others read them.
    pub(crate) const fn reason(&self) -> Option<&'static str> {
        self.reason
    }

    /// Returns the header that the credentials have of their own, where they have one.
    pub const fn own_header(&self) -> Option<&'static str> {
        match self.place {
            Place::Authorization | Place::Cookie(_) | Place::Query(_) | Place::Connection => None,
            Place::Header(name) => Some(name),
        }
    }

    /// Returns the header that a request with such credentials has besides `Authorization`: their own, or that of the proof
    /// which comes with them.
    pub(crate) fn further_header(&self) -> Option<&'static str> {
        if self.is(&DPOP) { Some("dpop") } else { self.own_header() }
    }

    /// Returns the header of a request that an answer depends on where such credentials are admitted, besides `Authorization`.
    pub(crate) fn selecting_header(&self) -> Option<&'static str> {
        match self.place {
            Place::Cookie(_) => Some("cookie"),
            Place::Authorization | Place::Header(_) | Place::Query(_) | Place::Connection => {
                self.further_header()
            }
        }
    }

    /// Returns `true` if a request has them because of where it comes from, and not because who sent it meant to send them.
    pub(crate) const fn is_ambient(&self) -> bool {
        matches!(self.place, Place::Cookie(_) | Place::Connection)
    }

    /// Returns `true` if both are one kind: of one name, in one place. What somebody else calls the same is another.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.has_name_of(other) && self.place == other.place
    }

    /// Returns `true` if no request can have credentials of both, or the same would be both, or nobody could tell them apart.
    pub(crate) fn collides_with(&self, other: &Self) -> bool {
        let one_place = self.place == other.place && self.place != Place::Authorization;
        self.has_name_of(other) || one_place
    }

    /// Returns `true` if both have one name. That of a scheme knows no case (RFC 9110, section 11.1).
    fn has_name_of(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(other.name)
    }

    /// Returns `true` if a request can have credentials of both: of one header it has one value.
    pub(crate) fn goes_with(&self, other: &Self) -> bool {
        self.place != other.place
    }

    /// Returns the challenge for a caller who brings no credentials.
    pub(crate) fn challenge(&self) -> HeaderValue {
        self.challenged("")
    }

    /// Returns the challenge, with more behind its realm. That of proofs says which algorithms they have (RFC 9449, section
    /// 7.1).
    pub(super) fn challenged(&self, more: &str) -> HeaderValue {
        let mut challenge = format!("{} realm=\"api\"{more}", self.name);
        if self.is(&DPOP) {
            challenge.push_str(&format!(", algs=\"{PROOF_ALGORITHMS}\""));
        }
        HeaderValue::from_str(&challenge).unwrap_or(HeaderValue::from_static("Bearer"))
    }

    /// Returns the challenge to whom credentials of this kind did not help, for this reason (RFC 6750, section 3.1).
    pub(crate) fn tried(&self, error: &str) -> HeaderValue {
        self.challenged(&format!(", error=\"{error}\""))
    }

    /// Returns the challenge to whom credentials did not help that lack one of these scopes.
    pub(super) fn lacks(&self, scopes: &[&str]) -> HeaderValue {
        let scopes = scopes.join(" ");
        self.challenged(&format!(", error=\"insufficient_scope\", scope=\"{scopes}\""))
    }

    /// Returns the challenge to whom it was not clear what is asked (RFC 6750, section 3.1).
    pub(crate) fn request(&self) -> HeaderValue {
        self.tried("invalid_request")
    }

    /// Returns the credentials of this kind in a request, if they are there.
    ///
    /// # Errors
    ///
    /// 400 if they are there twice.
    pub(crate) fn presented<'h>(&self, head: &Head<'h>) -> Result<Option<&'h [u8]>, Problem> {
        let headers = head.headers();
        match self.place {
            Place::Authorization => {
                let Some(value) = once(self, headers, &header::AUTHORIZATION)? else {
                    return Ok(None);
                };
                let value = value.as_bytes();
                let end = value.iter().position(|byte| *byte == b' ').unwrap_or(value.len());
                let (scheme, credentials) = value.split_at(end);
                let ours = scheme.eq_ignore_ascii_case(self.name.as_bytes());
                Ok(ours.then(|| credentials.trim_ascii_start()))
            }
            Place::Header(name) => {
                let value = once(self, headers, &HeaderName::from_static(name))?;
                let value = value.map(HeaderValue::as_bytes);
                let elsewhere = || cookie::value(headers, name).unwrap_or_default();
                Ok(if weakened::is("key-place") { value.or_else(elsewhere) } else { value })
            }
            Place::Connection => {
                Ok(head.certificate().map(|certificate| certificate.thumbprint().as_slice()))
            }
            Place::Cookie(name) => cookie::value(headers, name)
                .map_err(|cookie::Twice| malformed(&[self.request()], Refusal::Transports)),
            Place::Query(name) => {
                let mut values = head.in_query().into_iter().flat_map(|found| found.of(name));
                match (values.next(), values.next()) {
                    (value, None) => Ok(value),
                    (_, Some(_)) => Err(malformed(&[self.request()], Refusal::Transports)),
                }
            }
        }
    }
}

/// Returns the value of a header that comes once.
fn once<'h>(
    kind: &Kind,
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<Option<&'h HeaderValue>, Problem> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    match values.next() {
        None => Ok(value),
        Some(_) => Err(malformed(&[kind.request()], Refusal::Transports)),
    }
}

//! Kinds of credentials, as `by` names them: where in a request they stand, and how a refusal asks for them.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Refusal, challenge::malformed};
use crate::{compose::same, error::Problem};

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

/// The facts of a kind of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    name: &'static str,
    place: Place,
}

/// The place in a request where credentials stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Behind the kind's name in `Authorization`.
    Authorization,
    /// A header of their own, by its name.
    Header(&'static str),
}

impl Kind {
    /// Creates a kind that is sent as `Authorization: Name credentials` (RFC 9110, section 11.6.2). The name is a token; in a
    /// request its case does not matter.
    ///
    /// # Panics
    ///
    /// If the name is no token, which a constant turns into a compile error.
    pub const fn authorization(name: &'static str) -> Self {
        assert!(is_token(name), "the name of a kind is a token: letters, digits and `-`");
        Self { name, place: Place::Authorization }
    }

    /// Creates a kind that is sent in a header of its own, named in lower case. Refusals ask for it by the kind's name.
    ///
    /// # Panics
    ///
    /// If one of the names is no token, or the header's is not in lower case, which a constant turns into a compile error.
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        assert!(is_token(name), "the name of a kind is a token: letters, digits and `-`");
        assert!(
            is_token(header) && is_lower(header),
            "a header is named in lower case, as `x-badge`"
        );
        Self { name, place: Place::Header(header) }
    }

    /// Returns the name, as documents, challenges and the inventory have it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the header that the credentials have of their own, where they do not stand in `Authorization`.
    pub const fn own_header(&self) -> Option<&'static str> {
        match self.place {
            Place::Authorization => None,
            Place::Header(name) => Some(name),
        }
    }

    /// Returns `true` if both are one kind.
    pub(crate) const fn is(&self, other: &Self) -> bool {
        same(self.name, other.name)
    }

    /// Returns the challenge for a caller who brings no credentials.
    pub(crate) fn challenge(&self) -> HeaderValue {
        self.challenged("")
    }

    /// Returns the challenge, with more behind its realm.
    fn challenged(&self, more: &str) -> HeaderValue {
        let challenge = format!("{} realm=\"api\"{more}", self.name);
        HeaderValue::from_str(&challenge).unwrap_or(HeaderValue::from_static("Bearer"))
    }

    /// Returns the challenge to whom credentials of this kind did not help (RFC 6750, section 3.1).
    pub(crate) fn invalid(&self) -> HeaderValue {
        self.challenged(", error=\"invalid_token\"")
    }

    /// Returns the credentials of this kind in a request, if they are there.
    ///
    /// # Errors
    ///
    /// 400 if they are there twice.
    pub(crate) fn presented<'h>(
        &self,
        headers: &'h HeaderMap,
    ) -> Result<Option<&'h [u8]>, Problem> {
        match self.place {
            Place::Authorization => {
                let Some(value) = once(headers, &header::AUTHORIZATION)? else { return Ok(None) };
                let value = value.as_bytes();
                let end = value.iter().position(|byte| *byte == b' ').unwrap_or(value.len());
                let (scheme, credentials) = value.split_at(end);
                let ours = scheme.eq_ignore_ascii_case(self.name.as_bytes());
                Ok(ours.then(|| credentials.trim_ascii_start()))
            }
            Place::Header(name) => {
                let value = once(headers, &HeaderName::from_static(name))?;
                Ok(value.map(HeaderValue::as_bytes))
            }
        }
    }
}

/// Returns the value of a header that comes once.
fn once<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h HeaderValue>, Problem> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    match values.next() {
        None => Ok(value),
        Some(_) => Err(malformed(Refusal::Transports)),
    }
}

/// Returns `true` for a token of RFC 9110, section 5.6.2, of letters, digits and hyphens.
const fn is_token(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        if !bytes[index].is_ascii_alphanumeric() && bytes[index] != b'-' {
            return false;
        }
        index += 1;
    }
    !bytes.is_empty()
}

/// Returns `true` where no letter is a capital.
const fn is_lower(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        if bytes[index].is_ascii_uppercase() {
            return false;
        }
        index += 1;
    }
    true
}

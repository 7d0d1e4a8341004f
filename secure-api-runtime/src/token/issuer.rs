//! Issuers of tokens: their keys, and the claims that their tokens must have.

use std::{fmt, sync::Arc, time::Duration};

use super::{key::Key, own::OwnKeys};

mod check;
#[cfg(feature = "discovery")]
mod discover;
#[cfg(feature = "discovery")]
mod introspect;
mod keys;
#[cfg(feature = "discovery")]
mod preset;
mod shape;

pub(super) use check::{Surroundings, Trusted};
#[cfg(feature = "discovery")]
pub(crate) use introspect::Asked;
#[cfg(feature = "discovery")]
pub(super) use keys::Keys;
pub(crate) use shape::TokenShape;

/// Half a minute: machines that keep time by NTP differ by less than a second, one that just woke up by a
/// little more, and a token lives for minutes.
const LEEWAY: Duration = Duration::from_secs(30);

/// An authorization server whose access tokens are accepted.
///
/// Its tokens are JWTs of the profile RFC 9068: `typ` is `at+jwt`, and `iss`, `exp`, `aud`, `sub`,
/// `client_id`, `iat` and `jti` are all there. [`partial_profile`](Self::partial_profile) relaxes the last
/// three.
///
/// What is wrong with it is reported when the app starts, together with everything else.
///
/// ```
/// use secure_api::token::{Issuer, Key};
///
/// # let pem = "";
/// let issuer = Issuer::new("https://login.shop.example")
///     .audience("shop-api")
///     .key(Key::es256_pem(pem).id("2026-06"));
/// ```
pub struct Issuer {
    pub(crate) name: String,
    pub(crate) audience: Option<String>,
    pub(crate) keys: Vec<Key>,
    /// The app's own keys, if the app signs its tokens itself.
    pub(crate) own: Option<Arc<OwnKeys>>,
    /// The place of the keys that it publishes.
    #[cfg(feature = "discovery")]
    pub(crate) published: Option<PublishedAt>,
    /// The time for which the last keys that it published count, where it is stated.
    #[cfg(feature = "discovery")]
    pub(crate) keys_kept: Option<Duration>,
    /// The way in which it is asked about tokens.
    #[cfg(feature = "discovery")]
    pub(crate) asked: Option<Asked>,
    /// The time for which what it says of a token counts, where it is stated.
    #[cfg(feature = "discovery")]
    pub(crate) answers_kept: Option<Duration>,
    pub(crate) shape: TokenShape,
    pub(crate) tenant_claim: Option<String>,
    pub(crate) leeway: Duration,
    pub(crate) partial_profile: Option<&'static str>,
    /// `true` if its tokens are made up by tests.
    pub(crate) for_tests: bool,
}

impl Issuer {
    /// Creates an issuer by its identifier, an `https` URL (RFC 8414, section 2). A token's `iss` must be the same byte
    /// for byte: a slash at the end is a difference. Plain `http` is accepted on loopback only.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            audience: None,
            keys: Vec::new(),
            own: None,
            #[cfg(feature = "discovery")]
            published: None,
            #[cfg(feature = "discovery")]
            keys_kept: None,
            #[cfg(feature = "discovery")]
            asked: None,
            #[cfg(feature = "discovery")]
            answers_kept: None,
            shape: TokenShape::standard(),
            tenant_claim: None,
            leeway: LEEWAY,
            partial_profile: None,
            for_tests: false,
        }
    }

    /// Marks an issuer whose tokens are made up by tests. An app that trusts it is served on loopback only.
    #[cfg(feature = "testing")]
    #[must_use]
    pub(crate) fn for_tests(mut self) -> Self {
        self.for_tests = true;
        self
    }

    /// Sets the keys of an app that signs its tokens itself.
    #[must_use]
    pub(crate) fn own(mut self, keys: Arc<OwnKeys>) -> Self {
        self.own = Some(keys);
        self
    }

    /// Returns its name, if its tokens are made up by tests.
    pub(crate) fn name_in_tests(&self) -> Option<&str> {
        self.for_tests.then_some(&*self.name)
    }

    /// Sets this API's name at the issuer, which a token's `aud` must contain. Required: without it, a token for any
    /// other API would open this one. The last call counts.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Adds a key. While the issuer rotates there are two, each with an id. All are symmetric or none is.
    #[must_use]
    pub fn key(mut self, key: Key) -> Self {
        self.keys.push(key);
        self
    }

    /// Sets the claim that holds the caller's tenant, the customer that somebody works for: its name, or a JSON Pointer
    /// (RFC 6901) if it begins with a slash, as `/organization/id`. The claim is one text of 1 to 255 bytes. There is
    /// no default, as no standard names such a claim; `org_id` and `tid` are common ones.
    ///
    /// It becomes [`Caller::tenant`](crate::identity::Caller::tenant), and a part of whatever is remembered of a caller. Of an
    /// API with `tenants`, each issuer has one, or the app does not start (SA162), and a token without it is refused:
    /// 401. Other APIs take such a token as that of a caller without a tenant.
    ///
    /// Issuers of one app are trusted with the same tenants: what two of them call `acme` is one tenant.
    ///
    /// ```
    /// use secure_api::token::{Issuer, Key};
    ///
    /// # let pem = "";
    /// let issuer = Issuer::new("https://login.shop.example")
    ///     .audience("shop-api")
    ///     .key(Key::es256_pem(pem))
    ///     .tenant_claim("org_id");
    /// ```
    #[must_use]
    pub fn tenant_claim(mut self, claim: impl Into<String>) -> Self {
        self.tenant_claim = Some(claim.into());
        self
    }

    /// Sets the leeway for the issuer's clock, in `exp`, `nbf`, `iat` and `auth_time`. By default 30 seconds, which is plenty where
    /// both keep time by NTP; more than 300 keeps the app from starting.
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Accepts tokens without `client_id`, `iat` or `jti`, from an issuer that does not send them, and says
    /// why. One without `jti` is revoked by [`Revocations::revoke`](crate::identity::Revocations::revoke) alone, which knows it by
    /// its digest; one without `iat` is refused as soon as its subject's older tokens are.
    #[must_use]
    pub fn partial_profile(mut self, reason: &'static str) -> Self {
        self.partial_profile = Some(reason);
        self
    }
}

/// Returns the place of an issuer's discovery document (OpenID Connect Discovery 1.0, section 4).
pub(crate) fn discovery_document(issuer: &str) -> String {
    format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("name", &self.name)
            .field("audience", &self.audience)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}

/// The place of the keys that an issuer publishes.
#[cfg(feature = "discovery")]
pub(crate) enum PublishedAt {
    /// The one that its discovery document names.
    Discovered,
    /// The one that the app names.
    Stated(String),
}

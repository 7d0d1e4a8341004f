//! Issuers of tokens: their keys, and the claims that their tokens must have.

use std::{fmt, sync::Arc, time::Duration};

use crate::{error::StartProblem, reason::is_sentence};

use super::{key::Key, own::OwnKeys};

mod keys;

use keys::Keys;

/// Half a minute: machines that keep time by NTP differ by less than a second, one that just woke up by a
/// little more, and a token lives for minutes.
const LEEWAY: Duration = Duration::from_secs(30);
/// The largest leeway: beyond it a clock is wrong, and leeway would only hide it.
const MAX_LEEWAY: Duration = Duration::from_secs(300);

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
    pub(crate) roles_claim: String,
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
            roles_claim: "roles".to_owned(),
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

    /// Sets the claim that holds the roles: its name, or a JSON Pointer (RFC 6901) if it begins with a slash, as
    /// `/realm_access/roles`. The claim is a list of texts, or one text with spaces between. By default `roles` (RFC
    /// 9068, section 2.2.3.1). A token without it has no roles.
    #[must_use]
    pub fn roles_claim(mut self, claim: impl Into<String>) -> Self {
        self.roles_claim = claim.into();
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

    /// Sets the leeway for the issuer's clock, in `exp`, `nbf` and `iat`. By default 30 seconds, which is plenty where
    /// both keep time by NTP; more than 300 keeps the app from starting.
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Accepts tokens without `client_id`, `iat` or `jti`, from an issuer that does not send them, and says
    /// why. Such a token cannot be revoked by its id, and one without `iat` is refused as soon as its subject's
    /// older tokens are.
    #[must_use]
    pub fn partial_profile(mut self, reason: &'static str) -> Self {
        self.partial_profile = Some(reason);
        self
    }

    /// Returns the issuer as it is verified with; of an API with `tenants`, if its callers have some. What is wrong
    /// goes to `problems`, all of it.
    pub(super) fn check(self, tenants: bool, problems: &mut Vec<StartProblem>) -> Option<Trusted> {
        let before = problems.len();
        let name = self.name;
        let mut report =
            |code, text: String, help| problems.push(StartProblem { code, text, help });
        if !is_issuer(&name) {
            report(
                "SA150",
                format!("the issuer `{name}` is not an https URL without query and fragment"),
                "give the issuer's identifier as its metadata states it, as `https://login.example`",
            );
        }
        let audience = self.audience.unwrap_or_default();
        if audience.is_empty() {
            report(
                "SA151",
                format!("the issuer {name} has no audience"),
                "add `.audience(\"…\")`, this API's name at the issuer",
            );
        }
        if self.leeway > MAX_LEEWAY {
            report(
                "SA155",
                format!("the issuer {name} has a leeway of more than 300 seconds"),
                "set the clocks; a leeway of 30 seconds is plenty then",
            );
        }
        if self.partial_profile.is_some_and(|reason| !is_sentence(reason)) {
            report(
                "SA158",
                format!("the issuer {name} has a partial profile without a reason in words"),
                "write a sentence for the one who reviews it, of three words or more: why its tokens lack claims of RFC 9068",
            );
        }
        if self.roles_claim.is_empty() {
            report(
                "SA159",
                format!("the issuer {name} has a roles claim without a name"),
                "name the claim, or leave `.roles_claim(…)` out for `roles`",
            );
        }
        if tenants && self.tenant_claim.is_none() {
            report(
                "SA162",
                format!("the issuer {name} does not say where a caller's tenant is"),
                "add `.tenant_claim(\"…\")`, the claim that names it, or remove `tenants` from the API",
            );
        }
        if self.tenant_claim.as_deref().is_some_and(str::is_empty) {
            report(
                "SA161",
                format!("the issuer {name} has a tenant claim without a name"),
                "name the claim, as `.tenant_claim(\"org_id\")`",
            );
        }
        let keys = match self.own {
            Some(own) => Keys::of_own(own, &name, self.keys, &mut report),
            None => Keys::check(&name, self.keys, &mut report),
        };
        if problems.len() > before {
            return None;
        }
        Some(Trusted {
            name: name.into(),
            audience: audience.into(),
            keys: keys?,
            roles_claim: self.roles_claim.into(),
            tenant_claim: self.tenant_claim.map(Into::into),
            tenant_required: tenants,
            // At most 300, as was just checked.
            leeway: i64::try_from(self.leeway.as_secs()).ok()?,
            full_profile: self.partial_profile.is_none(),
        })
    }
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

/// An issuer without a fault.
pub(super) struct Trusted {
    pub(super) name: Arc<str>,
    pub(super) audience: Box<str>,
    pub(super) keys: Keys,
    pub(super) roles_claim: Box<str>,
    pub(super) tenant_claim: Option<Box<str>>,
    /// `true` if a token without a tenant is refused.
    pub(super) tenant_required: bool,
    /// The leeway in seconds.
    pub(super) leeway: i64,
    /// `true` if `client_id`, `iat` and `jti` are required.
    pub(super) full_profile: bool,
}

/// Returns `true` for an issuer's identifier (RFC 8414, section 2); on loopback without encryption, for development.
fn is_issuer(name: &str) -> bool {
    let Ok(uri) = name.parse::<http::Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    let loopback = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let plain_ascii = name.bytes().all(|byte| byte.is_ascii_graphic());
    let encrypted = name.starts_with("https://") || (name.starts_with("http://") && loopback);
    encrypted && plain_ascii && !host.is_empty() && !name.contains(['?', '#', '@'])
}

//! Makes access tokens by a key that somebody else keeps: for development, for tests, and for a program beside the API.

use std::{borrow::Cow, fmt, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto::aws_lc::DEFAULT_PROVIDER};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{clock::Clock, error::StartProblem, secret::NamesOrigin};

use super::key::{self, Key, VerifyingKey};

/// Signs access tokens of the profile RFC 9068 with an ES256 key that you keep: for development, for tests, and for a program
/// of yours beside the API, as a command that makes a token for an operator. Whoever has the key can be anybody, for as long
/// as the app trusts it.
///
/// An API that signs its own users in has no such key: by [`SignIn`](crate::sign_in::SignIn) it makes its keys itself, and
/// another one each day.
///
/// ```no_run
/// use secure_api::{clock::Clock, secret::SecretBytes, token::{Claims, Issuer, Signer}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let signer = Signer::es256_pem(SecretBytes::file("development.pem"), "development")?;
/// let claims = Claims::new("https://shop.example", "shop-api", "alice").client_id("shop").roles(["customer"]);
/// let token = signer.sign(&claims, &Clock::system())?;
/// let issuer = Issuer::new("https://shop.example").audience("shop-api").key(signer.key());
/// # Ok(()) }
/// ```
pub struct Signer {
    private: EncodingKey,
    point: Vec<u8>,
    id: String,
}

impl Signer {
    /// Creates a signer by its private key, PEM with the label `PRIVATE KEY` (PKCS #8), and the id that its tokens name
    /// it by.
    ///
    /// # Errors
    ///
    /// Where the key cannot be read, by the place that it was to come from; where it is no such key, or not on the curve P-256;
    /// and where the id is none.
    pub fn es256_pem(pem: impl NamesOrigin, id: &str) -> Result<Self, SignError> {
        let pem = pem.secret();
        if let Some(fault) = pem.unread() {
            return Err(SignError(StartProblem::of(fault).text.into()));
        }
        if !key::is_id(id) {
            let text = "the key's id is not 1 to 128 letters, digits and `-._~:=+/`";
            return Err(SignError::of(text));
        }
        let private = EncodingKey::from_ec_pem(pem.expose())
            .map_err(|_| SignError::of("the key is not a PKCS #8 private key in PEM"))?;
        Self::of(private, id)
    }

    /// Creates a signer by a key that is made here and kept nowhere.
    #[cfg(feature = "testing")]
    pub(crate) fn random(id: &str) -> Result<Self, SignError> {
        Self::of(EncodingKey::from_ec_der(&super::own::random()?), id)
    }

    /// Creates a signer by its private key (PKCS #8), without an id.
    pub(super) fn of_der(private: &[u8]) -> Result<Self, SignError> {
        Self::of(EncodingKey::from_ec_der(private), "")
    }

    /// Returns the same with an id.
    pub(super) fn named(&self, id: &str) -> Self {
        Self { private: self.private.clone(), point: self.point.clone(), id: id.to_owned() }
    }

    /// Returns the public point, uncompressed.
    pub(super) fn point(&self) -> &[u8] {
        &self.point
    }

    /// Returns what verifies what this signs.
    pub(super) fn verifying(&self) -> VerifyingKey {
        VerifyingKey::new(key::Algorithm::Es256, DecodingKey::from_ec_der(&self.point))
    }

    fn of(private: EncodingKey, id: &str) -> Result<Self, SignError> {
        let components = DEFAULT_PROVIDER.key_utils.ec_pub_components_from_private_key;
        let (_, x, y) = components(private.as_bytes(), Algorithm::ES256)
            .map_err(|_| SignError::of("the key is not on the curve P-256"))?;
        let point = [&[4], x.as_slice(), y.as_slice()].concat();
        Ok(Self { private, point, id: id.to_owned() })
    }

    /// Returns the public key that verifies what this signs, with its id.
    pub fn key(&self) -> Key {
        Key::from_p256_point(&self.point, &self.id)
    }

    /// Signs an access token, issued now and with a new id.
    ///
    /// # Errors
    ///
    /// Without `debug_assertions`, as in a release build, where no [`client_id`](Claims::client_id) is stated; and where the
    /// token cannot be signed.
    pub fn sign(&self, claims: &Claims, clock: &Clock) -> Result<String, SignError> {
        let now = clock.unix_seconds();
        let lifetime = i64::try_from(claims.lifetime.as_secs()).unwrap_or(i64::MAX);
        let mut payload = json!({
            "iss": claims.issuer,
            "aud": claims.audience,
            "sub": claims.subject,
            "client_id": client(claims.client_id.as_deref(), cfg!(debug_assertions))?,
            "iat": now,
            "exp": now.saturating_add(lifetime),
            "jti": Uuid::new_v4().to_string(),
            "roles": claims.roles,
        });
        if !claims.scopes.is_empty() {
            payload["scope"] = claims.scopes.join(" ").into();
        }
        if let Some(at) = claims.authenticated_at {
            payload["auth_time"] = at.into();
        }
        if let Some(class) = &claims.acr {
            payload["acr"] = class.as_str().into();
        }
        if !claims.amr.is_empty() {
            payload["amr"] = json!(claims.amr);
        }
        for (name, value) in &claims.others {
            if payload.get(name).is_none() {
                payload[name] = value.as_str().into();
            }
        }
        self.sign_claims(&payload)
    }

    /// Signs a token that says just this.
    pub(crate) fn sign_claims(&self, payload: &Value) -> Result<String, SignError> {
        let header = json!({ "typ": "at+jwt", "alg": "ES256", "kid": self.id });
        let signed = format!("{}.{}", encode(header.to_string()), encode(payload.to_string()));
        let signature = (DEFAULT_PROVIDER.signer_factory)(&Algorithm::ES256, &self.private)
            .ok()
            .and_then(|signer| signer.try_sign(signed.as_bytes()).ok())
            .ok_or(SignError::of("the token could not be signed"))?;
        Ok(format!("{signed}.{}", encode(signature)))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Returns the client that a token is issued to.
fn client(stated: Option<&str>, debug: bool) -> Result<&str, SignError> {
    let unstated =
        SignError::of("no client is stated; write `.client_id(\"…\")` after `Claims::new(…)`");
    stated.or(debug.then_some("development")).ok_or(unstated)
}

fn encode(part: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(part)
}

/// The claims of a token to sign. It lives for ten minutes unless stated otherwise.
#[derive(Debug, Clone)]
pub struct Claims {
    issuer: String,
    audience: String,
    subject: String,
    client_id: Option<String>,
    roles: Vec<String>,
    scopes: Vec<String>,
    others: Vec<(String, String)>,
    authenticated_at: Option<i64>,
    acr: Option<String>,
    amr: Vec<String>,
    lifetime: Duration,
}

impl Claims {
    /// Creates the claims of a token of `issuer` (`iss`) for the API `audience` (`aud`) that speaks for `subject`
    /// (`sub`), without roles and scopes.
    pub fn new(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        subject: impl Into<String>,
    ) -> Self {
        Self {
            issuer: issuer.into(),
            audience: audience.into(),
            subject: subject.into(),
            client_id: None,
            roles: Vec::new(),
            scopes: Vec::new(),
            others: Vec::new(),
            authenticated_at: None,
            acr: None,
            amr: Vec::new(),
            lifetime: Duration::from_secs(600),
        }
    }

    /// Adds roles, by their names in tokens.
    #[must_use]
    pub fn roles<T: Into<String>>(mut self, roles: impl IntoIterator<Item = T>) -> Self {
        self.roles.extend(roles.into_iter().map(Into::into));
        self
    }

    /// Adds OAuth scopes.
    #[must_use]
    pub fn scopes<T: Into<String>>(mut self, scopes: impl IntoIterator<Item = T>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Sets when the subject proved itself, in seconds since 1970: `auth_time`, which a route's `max_age` asks for.
    #[must_use]
    pub fn authenticated_at(mut self, unix_seconds: i64) -> Self {
        self.authenticated_at = Some(unix_seconds);
        self
    }

    /// Sets the class of that proof: `acr`.
    #[must_use]
    pub fn acr(mut self, class: impl Into<String>) -> Self {
        self.acr = Some(class.into());
        self
    }

    /// Adds methods of that proof, as `pwd` and `otp` (RFC 8176): `amr`.
    #[must_use]
    pub fn amr<T: Into<String>>(mut self, methods: impl IntoIterator<Item = T>) -> Self {
        self.amr.extend(methods.into_iter().map(Into::into));
        self
    }

    /// Adds a claim with a text, as `("org_id", "acme")` for an issuer with a
    /// [`tenant_claim`](super::Issuer::tenant_claim). What has a method of its own here is not replaced.
    #[must_use]
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.others.push((name.into(), value.into()));
        self
    }

    /// Sets the OAuth client that the token is issued to, which RFC 9068 requires. A debug build takes `development` where it is
    /// not stated; a release build signs no such token.
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets the lifetime, in whole seconds.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }
}

/// The reason for which no token could be signed. It says nothing of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignError(Cow<'static, str>);

impl SignError {
    pub(super) const NO_RANDOMNESS: Self = Self::of("the system gives no randomness");

    const fn of(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SignError {}

#[cfg(test)]
mod tests {
    use super::*;

    // R18
    #[test]
    fn a_release_build_signs_for_no_client_that_is_not_stated() {
        assert_eq!(client(Some("web"), false), Ok("web"));
        assert_eq!(client(Some("web"), true), Ok("web"));
        assert_eq!(client(None, true), Ok("development"));
        assert!(client(None, false).is_err_and(|error| error.to_string().contains("client_id")));
    }
}

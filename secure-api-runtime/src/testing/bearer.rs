//! The caller of a test: the claims of its access token, and the key that signs it.

use std::{sync::LazyLock, time::Duration};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    role::Roles,
    token::{Issuer, Signer},
};

/// The name of the issuer that tests trust, unless they name another one. Nobody can own a name in `.invalid`
/// (RFC 2606).
pub(super) const ISSUER: &str = "https://testing.invalid";

/// The audience that names the API under test in its tokens.
const AUDIENCE: &str = "testing";

/// The claim that names the tenant.
pub(super) const TENANT: &str = "tenant";

/// The signer, made when the first test needs it, and gone with the process.
static SIGNER: LazyLock<Signer> =
    LazyLock::new(|| Signer::random("testing").unwrap_or_else(|error| panic!("{error}")));

/// Returns the issuer whose tokens [`Client`](super::Client) sends. Its key (ES256) is made in this process when it is
/// first needed, and is nowhere else.
///
/// An app that trusts it is served on loopback only; on any other address it does not start (`SA160`).
pub fn issuer() -> Issuer {
    issuer_named(ISSUER)
}

/// Returns the same under another name, where handlers look at it: see [`Actor::issuer`](super::Actor::issuer).
pub fn issuer_named(name: &str) -> Issuer {
    Issuer::new(name).audience(AUDIENCE).tenant_claim(TENANT).key(SIGNER.key()).for_tests()
}

/// The claims of a token.
#[derive(Debug, Clone)]
pub(super) struct Bearer {
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) roles: Vec<&'static str>,
    scopes: Vec<String>,
    lifetime: Duration,
    token_id: String,
    /// Further claims, which also replace the ones above.
    others: Map<String, Value>,
}

impl Bearer {
    pub(super) fn new(subject: &str) -> Self {
        Self {
            issuer: ISSUER.to_owned(),
            subject: subject.to_owned(),
            roles: Vec::new(),
            scopes: Vec::new(),
            lifetime: Duration::from_secs(600),
            token_id: Uuid::new_v4().to_string(),
            others: Map::new(),
        }
    }

    pub(super) fn role<R: Roles>(&mut self, role: R) {
        self.roles.push(R::TABLE.roles[role.index()].name);
    }

    /// Adds a role by its name in tokens.
    pub(super) fn role_named(&mut self, name: &'static str) {
        self.roles.push(name);
    }

    pub(super) fn scope(&mut self, scope: &str) {
        self.scopes.push(scope.to_owned());
    }

    pub(super) fn lifetime(&mut self, lifetime: Duration) {
        self.lifetime = lifetime;
    }

    pub(super) fn claim(&mut self, name: &str, value: Value) {
        self.others.insert(name.to_owned(), value);
    }

    /// Returns its claims, issued at this second.
    pub(super) fn claims(&self, now: i64) -> Map<String, Value> {
        let lifetime = i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX);
        let mut claims = Map::new();
        let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        say("iss", json!(self.issuer));
        say("aud", json!(AUDIENCE));
        say("sub", json!(self.subject));
        say("client_id", json!("testing"));
        say("iat", json!(now));
        say("exp", json!(now.saturating_add(lifetime)));
        say("jti", json!(self.token_id));
        say("roles", json!(self.roles));
        if !self.scopes.is_empty() {
            say("scope", json!(self.scopes.join(" ")));
        }
        claims.extend(self.others.clone());
        claims
    }

    /// Signs its token.
    pub(super) fn sign(&self, now: i64) -> String {
        let token = SIGNER.sign_claims(&Value::Object(self.claims(now)));
        token.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Returns the bearer's name for messages.
    pub(super) fn shown(&self) -> String {
        match &self.roles[..] {
            [] => format!("{} (no role)", self.subject),
            roles => format!("{} ({})", self.subject, roles.join(", ")),
        }
    }
}

//! The actor: somebody who calls, with a token.

use std::{fmt, sync::OnceLock, time::Duration};

use serde_json::Value;

use super::{
    bearer::{Bearer, TENANT},
    client::{Client, Shared},
    prover::Prover,
    request::Request,
    verbs::verbs,
};
use crate::{compose, role::Roles};

/// Somebody who calls: a subject, what it may, and one access token.
///
/// The token is signed at the first request, by the time of the app's clock, and sent with every one. It is good for ten
/// minutes, and half a minute more for clocks that differ: time that passes can end it.
#[derive(Clone)]
pub struct Actor {
    client: Client,
    bearer: Bearer,
    token: OnceLock<String>,
    prover: Option<Prover>,
}

impl Actor {
    pub(super) fn new(client: &Client, subject: &str) -> Self {
        let bearer = Bearer::new(subject);
        Self { client: client.clone(), bearer, token: OnceLock::new(), prover: None }
    }

    /// Adds a role.
    ///
    /// # Panics
    ///
    /// If the role is of another enum than the API's.
    #[must_use]
    #[track_caller]
    pub fn role<R: Roles>(self, role: R) -> Self {
        let (api, table) = (self.client.shared.api, R::TABLE);
        assert!(
            api.roles.is(table),
            "the roles of {} are {}, and not {}",
            api.name,
            api.roles.type_name,
            compose::other_name(api.roles.type_name, table.type_name)
        );
        self.with(|bearer| bearer.role(role))
    }

    /// Adds a role by its name in tokens.
    pub(super) fn role_named(self, name: &'static str) -> Self {
        self.with(|bearer| bearer.role_named(name))
    }

    /// Adds an OAuth scope.
    #[must_use]
    pub fn scope(self, scope: &str) -> Self {
        self.with(|bearer| bearer.scope(scope))
    }

    /// Sets the lifetime of the token, in whole seconds.
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        self.with(|bearer| bearer.lifetime(lifetime))
    }

    /// Sets the tenant, in an API with `tenants`. [`issuer`](super::issuer) reads it from the claim `tenant`.
    #[must_use]
    pub fn tenant(self, tenant: &str) -> Self {
        self.with(|bearer| bearer.claim(TENANT, tenant.into()))
    }

    /// Sets a claim of the token, also one that has another value by default, such as `aud`.
    #[must_use]
    pub fn claim(self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.with(|bearer| bearer.claim(name, value))
    }

    /// Binds the token to a key that is made up here, and sends it with a new proof of that key for each request (RFC 9449):
    /// for an app with [`dpop`](crate::app::AppBuilder::dpop). Where the app demands a nonce, a request is sent again with
    /// the one that came with the answer.
    ///
    /// # Panics
    ///
    /// If the app takes no proofs.
    #[must_use]
    #[track_caller]
    pub fn dpop(mut self) -> Self {
        let Shared { api, url, .. } = &*self.client.shared;
        assert!(url.is_some(), "{} takes no proofs: add `.dpop(Dpop::new())` to the app", api.name);
        let prover = Prover::new();
        let confirmation = prover.confirmation();
        self.prover = Some(prover);
        self.claim("cnf", confirmation)
    }

    /// Returns a new proof of its key for a request of this method to this path, to be sent by hand in the header `DPoP`: for
    /// another request, or twice.
    ///
    /// # Panics
    ///
    /// If it has no key: see [`dpop`](Self::dpop).
    #[track_caller]
    pub fn proof(&self, method: &str, path: &str) -> String {
        let Shared { url: Some(url), clock, .. } = &*self.client.shared else {
            panic!("the app takes no proofs")
        };
        let Some(prover) = &self.prover else { panic!("it has no key: make it one by `.dpop()`") };
        prover.proof(method, &format!("{url}{path}"), self.token(), clock.unix_seconds())
    }

    /// Sets the issuer of the token by its name: see [`issuer_named`](super::issuer_named).
    ///
    /// # Panics
    ///
    /// If the app does not trust it.
    #[must_use]
    #[track_caller]
    pub fn issuer(self, name: &str) -> Self {
        self.check_issuer(name);
        self.with(|bearer| name.clone_into(&mut bearer.issuer))
    }

    /// Returns its access token, as it is sent after `Bearer` or `DPoP`.
    ///
    /// # Panics
    ///
    /// If the app does not trust its issuer.
    #[track_caller]
    pub fn token(&self) -> &str {
        self.check_issuer(&self.bearer.issuer);
        self.token.get_or_init(|| self.bearer.sign(self.client.shared.clock.unix_seconds()))
    }

    /// Begins a request of any method: `"HEAD"`.
    ///
    /// # Panics
    ///
    /// If that is no method or no path, or the app does not trust the token's issuer.
    #[track_caller]
    pub fn request(&self, method: &str, path: &str) -> Request {
        let request = Request::new(&self.client, self.bearer.shown(), method, path);
        match &self.prover {
            None => request.token(self.token()),
            Some(prover) => request.proved(prover.clone(), self.token()),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Bearer)) -> Self {
        change(&mut self.bearer);
        // What was signed before said something else.
        self.token = OnceLock::new();
        self
    }

    #[track_caller]
    fn check_issuer(&self, name: &str) {
        let Shared { api, issuers, .. } = &*self.client.shared;
        assert!(
            issuers.iter().any(|issuer| issuer == name),
            "{} accepts no tokens of {name}, but of {}",
            api.name,
            issuers.join(", ")
        );
    }
}

verbs! {
    Actor,
    "with its token.",
    "If that is no path, or the app does not trust the token's issuer."
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Actor").field(&self.bearer.shown()).finish()
    }
}

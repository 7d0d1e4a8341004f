//! The actor: somebody who calls, with a token.

use std::{fmt, sync::OnceLock, time::Duration};

use serde_json::Value;

use super::{
    bearer::{Bearer, TENANT},
    client::{Client, Shared},
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
}

impl Actor {
    pub(super) fn new(client: &Client, subject: &str) -> Self {
        Self { client: client.clone(), bearer: Bearer::new(subject), token: OnceLock::new() }
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

    /// Returns its access token, as it is sent after `Bearer`.
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
        Request::new(&self.client, self.bearer.shown(), method, path).token(self.token())
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

//! The identity that credentials proved.

use std::{fmt, sync::Arc};

use super::{Bearer, CallerId, Confirmation, Credential, Kind};
use crate::fingerprint::{Fingerprint, fingerprint};

/// The seconds by which the clock of the machine where somebody proved themselves may be ahead of ours, unless an issuer has a
/// leeway of its own.
const LEEWAY: i64 = 30;

/// The identity that credentials speak for: an issuer and a subject, never an e-mail address.
///
/// It exists only where credentials were verified, so that having one is the proof.
pub struct Identity {
    id: CallerId,
    /// The keyed hash of the same, made once for all the requests of a token.
    principal: Fingerprint,
    kind: Kind,
    issuer: Arc<str>,
    subject: Box<str>,
    tenant: Option<Box<str>>,
    roles: u128,
    scopes: Box<[Box<str>]>,
    client_id: Option<Box<str>>,
    token_id: Option<Box<str>>,
    issued_at: Option<i64>,
    /// The time that credentials which it makes state at least.
    issues_from: i64,
    expires_at: i64,
    confirmation: Option<Confirmation>,
    authenticated_at: Option<i64>,
    acr: Option<Box<str>>,
    amr: Box<[Box<str>]>,
    leeway: i64,
    /// The identities of the other credentials that were demanded together with these.
    beside: Box<[Arc<Self>]>,
}

impl Identity {
    /// Creates an identity without scopes, client and token id.
    pub(crate) fn new(
        issuer: Arc<str>,
        tenant: Option<&str>,
        subject: &str,
        roles: u128,
        expires_at: i64,
    ) -> Self {
        let mut identity = Self {
            id: CallerId::of(&issuer, tenant, subject),
            principal: Fingerprint::default(),
            kind: Bearer::KIND,
            issuer,
            subject: subject.into(),
            tenant: tenant.map(Box::from),
            roles,
            scopes: Box::default(),
            client_id: None,
            token_id: None,
            issued_at: None,
            issues_from: i64::MIN,
            expires_at,
            confirmation: None,
            authenticated_at: None,
            acr: None,
            amr: Box::default(),
            leeway: LEEWAY,
            beside: Box::default(),
        };
        identity.principal = fingerprint(&identity.principal());
        identity
    }

    pub(crate) fn with_kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Returns the same with other roles. Nobody else can have two of one.
    pub(crate) fn with_roles(&self, roles: u128) -> Self {
        Self { roles, ..self.copied() }
    }

    /// Returns the same; what it makes states at least this time.
    pub(crate) fn issuing_from(&self, issues_from: i64) -> Self {
        Self { issues_from, ..self.copied() }
    }

    fn copied(&self) -> Self {
        Self {
            id: self.id.clone(),
            principal: self.principal,
            kind: self.kind,
            issuer: Arc::clone(&self.issuer),
            subject: self.subject.clone(),
            tenant: self.tenant.clone(),
            roles: self.roles,
            scopes: self.scopes.clone(),
            client_id: self.client_id.clone(),
            token_id: self.token_id.clone(),
            issued_at: self.issued_at,
            issues_from: self.issues_from,
            expires_at: self.expires_at,
            confirmation: self.confirmation,
            authenticated_at: self.authenticated_at,
            acr: self.acr.clone(),
            amr: self.amr.clone(),
            leeway: self.leeway,
            beside: self.beside.clone(),
        }
    }

    /// Returns the same, with the identities that other credentials of its request proved.
    pub(crate) fn with_beside(&self, others: impl IntoIterator<Item = Arc<Self>>) -> Self {
        Self { beside: others.into_iter().collect(), ..self.copied() }
    }

    /// Returns the identities of the other credentials that were demanded together with these.
    pub(crate) fn beside(&self) -> &[Arc<Self>] {
        &self.beside
    }

    pub(crate) fn with_scopes<'a>(mut self, scopes: impl IntoIterator<Item = &'a str>) -> Self {
        self.scopes = scopes.into_iter().map(Box::from).collect();
        self
    }

    pub(crate) fn with_client_id(mut self, client_id: Option<&str>) -> Self {
        self.client_id = client_id.map(Box::from);
        self
    }

    pub(crate) fn with_token_id(mut self, token_id: Option<&str>) -> Self {
        self.token_id = token_id.map(Box::from);
        self
    }

    pub(crate) fn with_issued_at(mut self, issued_at: Option<i64>) -> Self {
        self.issued_at = issued_at;
        self
    }

    /// Returns the time that credentials state which it makes now.
    pub(crate) fn issuing_time(&self, now: i64) -> i64 {
        now.max(self.issues_from)
    }

    pub(crate) fn with_confirmation(mut self, confirmation: Option<Confirmation>) -> Self {
        self.confirmation = confirmation;
        self
    }

    /// Adds when and how the subject proved itself last.
    pub(crate) fn with_authentication<'a>(
        mut self,
        at: Option<i64>,
        class: Option<&str>,
        methods: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.authenticated_at = at;
        self.acr = class.map(Box::from);
        self.amr = methods.into_iter().map(Box::from).collect();
        self
    }

    /// Sets the seconds by which the clock of its issuer may be ahead.
    pub(crate) fn with_leeway(mut self, leeway: i64) -> Self {
        self.leeway = leeway;
        self
    }

    /// Returns the seconds by which the clock that it was proved by may be ahead.
    pub(crate) fn leeway(&self) -> i64 {
        self.leeway
    }

    /// Returns the kind of credentials that proved it.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Returns the caller's id: issuer, tenant and subject as one value.
    pub fn id(&self) -> &CallerId {
        &self.id
    }

    /// Returns the issuer, which vouches for the caller: the `iss` claim.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Returns the caller's name at its issuer: the `sub` claim. It is for display; [`id`](Self::id) is what to compare by.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Returns the tenant: the claim that its issuer's [`tenant_claim`](crate::token::Issuer::tenant_claim) names.
    /// Never empty.
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// Returns issuer, tenant and subject, which together are the key of all that is remembered of a caller. Two
    /// tenants of one subject are two callers, and a tenant is never the empty text.
    pub(crate) fn principal(&self) -> [&str; 3] {
        [&self.issuer, self.tenant().unwrap_or_default(), &self.subject]
    }

    /// Returns the keyed hash of [`principal`](Self::principal).
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        self.principal
    }

    /// Returns the roles that the token names, as bits of the API's role table. What they include is not folded in:
    /// that is the work of a `RoleSet`.
    pub fn roles(&self) -> u128 {
        self.roles
    }

    /// Returns the OAuth scopes that the token was granted: the `scope` claim.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(AsRef::as_ref)
    }

    /// Returns `true` if the token was granted this OAuth scope. The comparison is exact (RFC 6749, section 3.3).
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| **granted == *scope)
    }

    /// Returns the OAuth client that the token was issued to: the `client_id` claim.
    pub fn client_id(&self) -> Option<&str> {
        self.client_id.as_deref()
    }

    /// Returns the token's own id, unique at its issuer: the `jti` claim, or `sha-256:` and a digest of a token without one.
    pub fn token_id(&self) -> Option<&str> {
        self.token_id.as_deref()
    }

    /// Returns the time at which the token was issued, in seconds since 1970: the `iat` claim.
    pub fn issued_at(&self) -> Option<i64> {
        self.issued_at
    }

    /// Returns the time at which the token expires, in seconds since 1970: the `exp` claim.
    pub fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// Returns the key that the token is bound to: the `cnf` claim. Whoever is identified by such a token has proved to have
    /// the key, too.
    pub fn confirmation(&self) -> Option<&Confirmation> {
        self.confirmation.as_ref()
    }

    /// Returns the time at which the subject proved itself last, in seconds since 1970: the `auth_time` claim.
    pub fn authenticated_at(&self) -> Option<i64> {
        self.authenticated_at
    }

    /// Returns the class of that proof: the `acr` claim.
    pub fn acr(&self) -> Option<&str> {
        self.acr.as_deref()
    }

    /// Returns the methods of that proof, as `pwd` and `otp` (RFC 8176): the `amr` claim.
    pub fn amr(&self) -> impl Iterator<Item = &str> {
        self.amr.iter().map(AsRef::as_ref)
    }
}

// The ids of a client and of a token are left out: whoever reads a log needs the person, not the handle.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("issuer", &self.issuer)
            .field("subject", &self.subject)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

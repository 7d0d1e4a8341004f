//! The principal that a source vouches for, before it is an identity: names and roles as texts.

/// The caller whom credentials speak for, as a [`Source`](super::Source) found it: names alone, which the app then holds
/// against its own roles.
///
/// ```
/// use secure_api::identity::Principal;
///
/// let reader = Principal::new("https://doors.example", "badge-7").roles(["member"]);
/// ```
#[derive(Debug, Clone)]
pub struct Principal {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) tenant: Option<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) credential_id: Option<String>,
    pub(crate) issued_at: Option<i64>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) authenticated_at: Option<i64>,
    pub(crate) acr: Option<String>,
    pub(crate) amr: Vec<String>,
}

impl Principal {
    /// Creates a principal: the source that vouches for it, a URI of its own, and the name that it has there. Both together,
    /// and the tenant, are the caller's id, so that no other source's `alice` owns what is this one's. The name is never given
    /// again: an id of an account, and not what somebody is called.
    pub fn new(issuer: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            subject: subject.into(),
            tenant: None,
            roles: Vec::new(),
            scopes: Vec::new(),
            client_id: None,
            credential_id: None,
            issued_at: None,
            expires_at: None,
            authenticated_at: None,
            acr: None,
            amr: Vec::new(),
        }
    }

    /// Sets the tenant that it belongs to.
    #[must_use]
    pub fn tenant(mut self, tenant: impl Into<String>) -> Self {
        self.tenant = Some(tenant.into());
        self
    }

    /// Sets the roles, by their names. One that the API does not know gives nothing.
    #[must_use]
    pub fn roles<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.roles = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the OAuth scopes that were granted to it.
    #[must_use]
    pub fn scopes<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.scopes = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the client that acts for it.
    #[must_use]
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.client_id = Some(id.into());
        self
    }

    /// Sets the id of its credentials, by which they can be revoked. It is no secret.
    #[must_use]
    pub fn credential_id(mut self, id: impl Into<String>) -> Self {
        self.credential_id = Some(id.into());
        self
    }

    /// Sets when its credentials were issued, in seconds since 1970. One without is refused as soon as older credentials
    /// of its subject are revoked.
    #[must_use]
    pub fn issued_at(mut self, unix_seconds: i64) -> Self {
        self.issued_at = Some(unix_seconds);
        self
    }

    /// Sets when its credentials end, in seconds since 1970; from then on it is refused. Of those that last longer the more they
    /// are used it is the last second to which they can: a revocation is kept until then.
    #[must_use]
    pub fn expires_at(mut self, unix_seconds: i64) -> Self {
        self.expires_at = Some(unix_seconds);
        self
    }

    /// Sets when its subject proved itself last, in seconds since 1970, as by a password: `auth_time` of OpenID Connect.
    #[must_use]
    pub fn authenticated_at(mut self, unix_seconds: i64) -> Self {
        self.authenticated_at = Some(unix_seconds);
        self
    }

    /// Sets the class of that proof, by a name that its issuer has for it: `acr` of OpenID Connect.
    #[must_use]
    pub fn acr(mut self, class: impl Into<String>) -> Self {
        self.acr = Some(class.into());
        self
    }

    /// Sets the methods of that proof, as `["pwd", "otp"]` (RFC 8176): `amr` of OpenID Connect.
    #[must_use]
    pub fn amr<N: Into<String>>(mut self, methods: impl IntoIterator<Item = N>) -> Self {
        self.amr = methods.into_iter().map(Into::into).collect();
        self
    }
}

//! The grant of tokens: for whom, to which client, with what.

use super::Named;
use crate::{
    identity::{is_name, is_scope},
    role::Roles,
    sign_in::SignInError,
};

/// The grant of tokens: for whom they are, to which client, and what they give. The app makes one when somebody has proved who
/// they are, and again at each renewal: so roles that were taken away are gone within the lifetime of an access token.
///
/// ```
/// use secure_api::{prelude::*, sign_in::TokenGrant};
///
/// #[derive(Role)]
/// enum Role {
///     Member,
/// }
///
/// fn grant(account: Uuid) -> TokenGrant {
///     TokenGrant::new(account.to_string(), "notes-web").roles([Role::Member]).methods(["pwd"])
/// }
/// ```
#[derive(Debug, Clone)]
pub struct TokenGrant {
    pub(super) subject: String,
    pub(super) client: String,
    pub(super) tenant: Option<String>,
    pub(super) roles: Vec<String>,
    pub(super) scopes: Vec<String>,
    pub(super) methods: Vec<String>,
    pub(super) class: Option<String>,
}

impl TokenGrant {
    /// Creates the grant for a subject, the account's id, which never changes and no other account has, and a client, the program
    /// that will hold the tokens. A refresh token is good for that client only.
    pub fn new(subject: impl Into<String>, client: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            client: client.into(),
            tenant: None,
            roles: Vec::new(),
            scopes: Vec::new(),
            methods: Vec::new(),
            class: None,
        }
    }

    /// Sets the caller's tenant, which stands in the claim of [`SignIn::tenant_claim`](crate::sign_in::SignIn::tenant_claim). Where
    /// none is stated, no tokens are issued to anybody who has a tenant: they would be the same for those of another.
    #[must_use]
    pub fn tenant(mut self, tenant: impl Into<String>) -> Self {
        self.tenant = Some(tenant.into());
        self
    }

    /// Adds roles. One that is kept by its name in a column is read from there by the `named` that each enum of roles has.
    #[must_use]
    pub fn roles<R: Roles>(mut self, roles: impl IntoIterator<Item = R>) -> Self {
        let names = roles.into_iter().map(|role| R::TABLE.roles[role.index()].name);
        self.roles.extend(names.map(str::to_owned));
        self
    }

    /// Adds OAuth scopes.
    #[must_use]
    pub fn scopes<T: Into<String>>(mut self, scopes: impl IntoIterator<Item = T>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Adds the methods by which the caller proved who they are, the claim `amr`, by the names of RFC 8176: `pwd`, `otp`. At a
    /// renewal those of the sign-in stay, whatever is stated.
    #[must_use]
    pub fn methods<T: Into<String>>(mut self, methods: impl IntoIterator<Item = T>) -> Self {
        self.methods.extend(methods.into_iter().map(Into::into));
        self
    }

    /// Sets the class of that proof, the claim `acr`, by a name of the app's. At a renewal that of the sign-in stays.
    #[must_use]
    pub fn class(mut self, class: impl Into<String>) -> Self {
        self.class = Some(class.into());
        self
    }

    /// Checks that the app's own verifier will accept it: a token that it would refuse helps nobody.
    pub(super) fn check(&self, named: &Named) -> Result<(), SignInError> {
        let Self { subject, client, tenant, scopes, methods, class, .. } = self;
        let names = [subject, client].into_iter().chain(tenant).chain(methods).chain(class);
        if !names.map(String::as_str).all(is_name) {
            return Err(SignInError::Grant(
                "a subject, a client, a tenant, a method and a class have 1 to 255 bytes, none of control",
            ));
        }
        if tenant.is_some() && named.tenant_claim.is_none() {
            return Err(SignInError::Grant(
                "the tenant of a grant has no claim: `SignIn::tenant_claim` names it",
            ));
        }
        if !scopes.iter().all(|scope| is_scope(scope)) {
            return Err(SignInError::Grant(
                "a scope is one word of visible ASCII, without quotes and backslashes",
            ));
        }
        Ok(())
    }
}

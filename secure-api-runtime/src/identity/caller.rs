//! The caller of a request, as handlers and rules know it.

use std::{fmt, marker::PhantomData, sync::Arc};

use super::{CallerId, Identity};
use crate::role::Roles;

/// The caller: proved by a token, known by issuer and subject, never by an e-mail address.
///
/// As an argument of a handler it is there only after the route's role was held.
pub struct Caller<Role> {
    identity: Arc<Identity>,
    // The parameter is called as the enum mostly is: the compiler proposes it where it was left out.
    roles: PhantomData<fn() -> Role>,
}

impl<R> Caller<R> {
    pub(crate) fn new(identity: Arc<Identity>) -> Self {
        Self { identity, roles: PhantomData }
    }

    pub(crate) fn shared_identity(&self) -> &Arc<Identity> {
        &self.identity
    }

    /// Returns the caller's id: issuer, tenant and subject as one value. Ownership is compared by it, and an object keeps
    /// its owner's.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// struct Note {
    ///     owner: CallerId,
    /// }
    ///
    /// fn is_mine<R: secure_api::role::Roles>(note: &Note, caller: &Caller<R>) -> bool {
    ///     note.owner == *caller.id()
    /// }
    /// ```
    pub fn id(&self) -> &CallerId {
        self.identity.id()
    }

    /// Returns the caller's name at its issuer: the `sub` claim, for display.
    ///
    /// Nothing is compared by it: another issuer may give the same name to somebody else. [`id`](Self::id) is the caller's
    /// own.
    pub fn subject(&self) -> &str {
        self.identity.subject()
    }

    /// Returns the issuer, which vouches for the caller: the `iss` claim.
    pub fn issuer(&self) -> &str {
        self.identity.issuer()
    }

    /// Returns the caller's tenant, from its issuer's [`tenant_claim`](crate::token::Issuer::tenant_claim). Each caller of an
    /// API with `tenants` has one.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// fn belongs_to_the_same<R: secure_api::role::Roles>(caller: &Caller<R>, tenant: &str) -> bool {
    ///     caller.tenant() == Some(tenant)
    /// }
    /// ```
    pub fn tenant(&self) -> Option<&str> {
        self.identity.tenant()
    }

    /// Returns everything else that the token says.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Returns `true` if the token was granted this OAuth scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.identity.has_scope(scope)
    }
}

impl<R> Caller<R> {
    /// Returns `true` if the caller has this role, or one that includes it.
    pub fn has(&self, role: R) -> bool
    where
        R: Roles,
    {
        R::TABLE.roles[role.index()].holders & self.identity.roles() != 0
    }
}

impl<R> Clone for Caller<R> {
    fn clone(&self) -> Self {
        Self { identity: Arc::clone(&self.identity), roles: PhantomData }
    }
}

impl<R> fmt::Debug for Caller<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller").field("subject", &self.identity.subject()).finish_non_exhaustive()
    }
}

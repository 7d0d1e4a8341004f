//! Sources of an app's own, whose principals become identities here.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::{
    AnySource, CallerId, Head, Identified, Identity, Kind, Principal, Refusal, Refused, Source,
    challenge::is_scope,
};
use crate::{clock::Clock, role::RoleTable};

/// The longest name of an issuer, subject, tenant or client (OpenID Connect Core, section 2, for `sub`).
const LONGEST_NAME: usize = 255;

/// A source of an app's own, and what its principals are held against.
pub(crate) struct Own<S> {
    pub(crate) source: S,
    pub(crate) kind: Kind,
    pub(crate) roles: &'static RoleTable,
    /// `true` if each caller has a tenant.
    pub(crate) tenants: bool,
    pub(crate) clock: Clock,
}

impl<S: Source> AnySource for Own<S> {
    fn identify<'a>(&'a self, presented: &'a [u8], head: &'a Head<'a>) -> Identified<'a> {
        Identified::Later(Box::pin(async move {
            let principal = self.source.identify(presented, head).await?;
            let identity = self.identity(&principal).map_err(Refused::invalid)?;
            Ok(Arc::new(identity))
        }))
    }

    fn still<'a>(
        &'a self,
        presented: &'a [u8],
        head: &'a Head<'a>,
    ) -> BoxFuture<'a, Result<(), Refused>> {
        Box::pin(self.source.still(presented, head))
    }
}

impl<S: Source> Own<S> {
    /// Returns the identity of a principal, if what its source says is acceptable.
    fn identity(&self, principal: &Principal) -> Result<Identity, Refusal> {
        let Principal { issuer, subject, tenant, roles, scopes, .. } = principal;
        if !is_name(issuer) {
            return Err(Refusal::Issuer);
        }
        if !is_name(subject) || !principal.client_id.as_deref().is_none_or(is_name) {
            return Err(Refusal::Subject);
        }
        let tenant = tenant.as_deref();
        if !tenant.map_or(!self.tenants, is_name) {
            return Err(Refusal::Tenant);
        }
        if !scopes.iter().all(|scope| is_scope(scope)) {
            return Err(Refusal::Scope);
        }
        let expires_at = principal.expires_at.unwrap_or(i64::MAX);
        // What a source has let pass ends here once more.
        let is_passed_over =
            crate::weakened::is("key-end") || crate::weakened::is("certificate-time");
        if self.clock.unix_seconds() >= expires_at && !is_passed_over {
            return Err(Refusal::Expired);
        }
        let granted = self.roles.granted(roles.iter().map(String::as_str));
        let identity = Identity::new(issuer.as_str().into(), tenant, subject, granted, expires_at);
        // A caller whose id no column holds would own nothing.
        if identity.id().as_str().len() > CallerId::MAX_LEN {
            return Err(Refusal::Subject);
        }
        Ok(identity
            .with_kind(self.kind)
            .with_scopes(scopes.iter().map(String::as_str))
            .with_client_id(principal.client_id.as_deref())
            .with_token_id(principal.credential_id.as_deref())
            .with_issued_at(principal.issued_at)
            .with_authentication(
                principal.authenticated_at,
                principal.acr.as_deref(),
                principal.amr.iter().map(String::as_str),
            ))
    }
}

/// Returns `true` for a name that can stand in a line of a log.
pub(crate) fn is_name(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&text.len()) && !text.chars().any(char::is_control)
}

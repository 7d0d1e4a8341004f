//! Credentials that no longer count before they end: single ones by id, and all of a subject up to a time.

use crate::{
    ledger::{AppLedger, LedgerError},
    role::Roles,
};

use super::{Caller, Identity, Refusal, Refused};

/// A revocation is kept this long after the end of its credentials: longer than any leeway of an issuer.
const GRACE_SECONDS: i64 = 301;

/// The revoked credentials and subjects, in the app's [`Ledger`](crate::ledger::Ledger): a revocation takes effect on the
/// next request, on every machine that shares it. A handler takes it as an argument, and
/// [`App::revocations`](crate::app::App::revocations) gives it to what runs beside the app. Clones are the same.
///
/// ```
/// use secure_api::{identity::Revocations, prelude::*};
///
/// # #[derive(Role)] enum Role { Member }
/// # #[derive(Version)] enum Version { V1 }
/// /// Signs the caller out.
/// #[delete("/session", version = Version::V1.., role = Role::Member)]
/// async fn log_out(caller: Caller<Role>, revocations: Revocations) -> Result<NoContent, StoreError> {
///     revocations.revoke(&caller).await?;
///     Ok(NoContent)
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone)]
pub struct Revocations(AppLedger);

impl Revocations {
    pub(crate) fn new(ledger: AppLedger) -> Self {
        Self(ledger)
    }

    /// Refuses the caller's own credentials from now on: logging out. A token without `jti` is known by its digest. `false` if they
    /// have no id to be known by: of a source of your own that names no [`credential_id`](super::Principal::credential_id).
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn revoke<R: Roles>(&self, caller: &Caller<R>) -> Result<bool, LedgerError> {
        let identity = caller.identity();
        let Some(id) = identity.token_id() else { return Ok(false) };
        self.revoke_token(identity.issuer(), id, identity.expires_at()).await?;
        Ok(true)
    }

    /// Refuses the credentials with this id of this issuer from now on: the token with this `jti`, or what a source gave
    /// this [`credential_id`](super::Principal::credential_id). `expires_at` is when they end, in seconds since 1970, after
    /// which there is nothing left to refuse.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn revoke_token(
        &self,
        issuer: &str,
        id: &str,
        expires_at: i64,
    ) -> Result<(), LedgerError> {
        let name = self.0.name(&["credential", issuer, id]);
        self.0.revoke(name, i64::MAX, expires_at.saturating_add(GRACE_SECONDS)).await
    }

    /// Refuses all credentials of a subject that were issued before this time, in seconds since 1970: after a password
    /// change, or "log out everywhere". Credentials that do not say when they were issued are refused too.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn revoke_subject(
        &self,
        issuer: &str,
        subject: &str,
        issued_before: i64,
    ) -> Result<(), LedgerError> {
        // Nobody knows how long credentials live that were issued before.
        self.0.revoke(self.0.name(&["subject", issuer, subject]), issued_before, i64::MAX).await
    }

    /// Checks that an identity was not revoked. Returns the time up to which older credentials of its subject were, if any.
    pub(super) async fn check(&self, identity: &Identity) -> Result<Option<i64>, Refused> {
        if !self.0.may_be_revoked() {
            return Ok(None);
        }
        let asked = self.times(identity.issuer(), identity.subject(), identity.token_id()).await;
        let [of_subject, of_id] = asked.map_err(Refused::unavailable)?;
        if of_id.is_some() {
            return Err(Refused::invalid(Refusal::Revoked));
        }
        match of_subject {
            Some(since) if identity.issued_at().is_none_or(|issued_at| issued_at < since) => {
                Err(Refused::invalid(Refusal::Superseded))
            }
            since => Ok(since),
        }
    }

    /// Returns `true` if the credentials with this id were revoked, or all of their subject that were issued as early.
    pub(crate) async fn include(
        &self,
        [issuer, subject, id]: [&str; 3],
        issued_at: i64,
    ) -> Result<bool, LedgerError> {
        if !self.0.may_be_revoked() {
            return Ok(false);
        }
        let [of_subject, of_id] = self.times(issuer, subject, Some(id)).await?;
        Ok(of_id.is_some() || of_subject.is_some_and(|since| issued_at < since))
    }

    /// Returns the times before which credentials of a subject, and those with an id, are refused.
    async fn times(
        &self,
        issuer: &str,
        subject: &str,
        id: Option<&str>,
    ) -> Result<[Option<i64>; 2], LedgerError> {
        let subject = self.0.name(&["subject", issuer, subject]);
        match id.map(|id| self.0.name(&["credential", issuer, id])) {
            Some(id) => self.0.revoked([subject, id]).await,
            None => self.0.revoked([subject]).await.map(|[time]| [time, None]),
        }
    }
}

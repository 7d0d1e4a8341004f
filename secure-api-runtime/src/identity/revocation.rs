//! Credentials that no longer count before they end: single ones by id, and all of a subject up to a time.

use crate::{
    ledger::{AppLedger, Begun, LedgerError},
    role::Roles,
};

use super::{Caller, Identity, Refusal, Refused};

/// A revocation is kept this long after the end of its credentials: longer than any leeway of an issuer.
const GRACE_SECONDS: i64 = 301;

/// The most seconds by which credentials may say that they were issued later than they were, so that they differ from those of
/// the same second that were revoked: no more than a verifier's leeway. Who is revoked until a day far ahead gets none that count.
const MOST_AHEAD: i64 = 30;

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
pub struct Revocations(AppLedger, Begun);

impl Revocations {
    pub(crate) fn new(ledger: AppLedger) -> Self {
        Self(ledger, Begun::never())
    }

    /// Returns the beginning of a request.
    pub(crate) async fn begun(&self) -> Result<Begun, LedgerError> {
        Begun::now(&self.0).await
    }

    /// Returns those of a request: it may let a subject in whom it revoked itself.
    pub(crate) fn of(&self, begun: &Begun) -> Self {
        Self(self.0.clone(), begun.clone())
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

    /// Refuses all credentials of a subject that were issued up to this time, in seconds since 1970, the second itself included:
    /// after a password change, or "log out everywhere". Credentials that do not say when they were issued are refused too.
    ///
    /// What the app itself issues to that subject afterwards counts at once: sessions, tokens of [`SignIn`](crate::sign_in::SignIn)
    /// and the API keys that are made by either say that they are of the second after. A token of another issuer, or of a
    /// [`Signer`](crate::token::Signer), counts if it was issued in the next second or later.
    ///
    /// A sign-in, a session or an API key that another request is about to make is refused when it comes to it: so change the
    /// password, or remove the account, before.
    ///
    /// A token of an issuer whose clock is ahead says that it is of a time to come. Where that matters more than who signs in again
    /// at once, give a time that is later than now by that issuer's leeway, half a minute unless it is stated.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn revoke_subject(
        &self,
        issuer: &str,
        subject: &str,
        issued_until: i64,
    ) -> Result<(), LedgerError> {
        let before = issued_until.saturating_add(1);
        // First, so that a request which lets the subject in meanwhile is refused, or states a time after this.
        self.note_end(issuer, subject).await?;
        // Nobody knows how long credentials live that were issued before.
        self.0.revoke(self.0.name(&["subject", issuer, subject]), before, i64::MAX).await
    }

    /// Refuses all credentials of a subject that were issued until now, those included that say they are of a second to come
    /// because others had been revoked in this one.
    pub(crate) async fn revoke_all(
        &self,
        issuer: &str,
        subject: &str,
        now: i64,
    ) -> Result<(), LedgerError> {
        let latest = self.issuing_time(issuer, subject, now).await?;
        self.revoke_subject(issuer, subject, latest).await
    }

    /// Notes that all of a subject is ended, before it is.
    pub(crate) async fn note_end(&self, issuer: &str, subject: &str) -> Result<(), LedgerError> {
        self.1.note_end((issuer, subject), &self.0).await
    }

    /// Returns `true` if another request has revoked or ended all of a subject since the request of these began.
    pub(crate) async fn ended_meanwhile(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<bool, LedgerError> {
        self.1.was_ended((issuer, subject), &self.0).await
    }

    /// Returns the time that credentials which are issued to a subject now have to state: after all that were revoked.
    pub(crate) async fn issuing_time(
        &self,
        issuer: &str,
        subject: &str,
        now: i64,
    ) -> Result<i64, LedgerError> {
        let since = self.since(issuer, subject).await?;
        Ok(since
            .filter(|since| since.saturating_sub(now) <= MOST_AHEAD)
            .map_or(now, |since| now.max(since)))
    }

    /// Returns `true` if credentials of a subject that were issued at this time are refused.
    pub(crate) async fn supersede(
        &self,
        issuer: &str,
        subject: &str,
        issued_at: i64,
    ) -> Result<bool, LedgerError> {
        Ok(self.since(issuer, subject).await?.is_some_and(|since| issued_at < since))
    }

    /// Returns the time before which credentials of a subject are refused, if any is.
    async fn since(&self, issuer: &str, subject: &str) -> Result<Option<i64>, LedgerError> {
        if !self.0.may_be_revoked() {
            return Ok(None);
        }
        let [since] = self.0.revoked([self.0.name(&["subject", issuer, subject])]).await?;
        Ok(since)
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

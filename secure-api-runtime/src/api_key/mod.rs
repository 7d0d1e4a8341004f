//! API keys: credentials for programs, made by the callers they speak for.
//!
//! [`ApiKeys`] makes, lists, rotates and ends them, and is the source that knows them. What is kept of a key is an
//! [`ApiKeyRecord`], in the app's own [`ApiKeyStore`].

mod error;
mod grant;
mod kind;
mod list;
#[cfg(feature = "testing")]
mod made_up;
mod record;
mod store;
mod text;

use std::{fmt, sync::Arc, time::Duration};

use aws_lc_rs::constant_time::verify_slices_are_equal;

#[cfg(feature = "testing")]
pub(crate) use self::made_up::MakeUp;
use self::text::KeyText;
pub use self::{
    error::ApiKeyError, grant::Grant, kind::ApiKey, list::ApiKeyList, record::ApiKeyRecord,
    store::ApiKeyStore,
};
use crate::{
    clock::Clock,
    identity::{Caller, CallerId, Credential, Head, Kind, Principal, Refused, Revocations, Source},
    input::Secret,
    object::StoreError,
    role::Roles,
};

/// The interval in which the use of a key is noted once, in seconds: a caller that comes often writes seldom.
const NOTED: i64 = 60;

/// The API keys of an app: the source that knows them, and an argument of the handlers that make, rotate and end them, where the
/// app has [`api_keys`](crate::app::AppBuilder::api_keys). A handler of GET makes none: it takes [`ApiKeyList`]. Clones share the
/// store.
///
/// A key is `shop_0011223344556677_…`: a prefix, by which people and scanners for secrets know whose it is, a public id, 256
/// random bits and a check sum. It is shown once, when it is made; a digest of it is kept.
///
/// ```
/// use secure_api::{api_key::{ApiKeys, ApiKeyStore}, prelude::*};
///
/// fn app<S: ApiKeyStore>(begun: secure_api::app::AppBuilder, table: S) -> secure_api::app::AppBuilder {
///     begun.api_keys(ApiKeys::new("shop", table))
/// }
/// ```
pub struct ApiKeys<S> {
    inner: Arc<Inner<S>>,
    kind: Kind,
    revocations: Option<Revocations>,
}

struct Inner<S> {
    prefix: &'static str,
    store: S,
}

/// A key that was just made: the only time that its text is there.
#[derive(Debug)]
pub struct Made {
    /// The key, to be shown to its owner once.
    pub key: Secret<String>,
    /// The record that is kept of it.
    pub record: ApiKeyRecord,
}

impl<S: ApiKeyStore> ApiKeys<S> {
    /// Creates the keys of an app: with a prefix of 2 to 20 small letters and digits, the first a letter, that no other app
    /// has, and with the store that holds their records.
    ///
    /// # Panics
    ///
    /// If the prefix is none.
    pub fn new(prefix: &'static str, store: S) -> Self {
        assert!(
            text::is_prefix(prefix),
            "`{prefix}` is no prefix of keys: write 2 to 20 small letters and digits"
        );
        Self { inner: Arc::new(Inner { prefix, store }), kind: ApiKey::KIND, revocations: None }
    }

    /// Takes the keys where this kind says, in the place of `X-Api-Key`: where clients of a contract that others wrote send them. The
    /// kind is made by [`ApiKey::in_header`], [`ApiKey::in_cookie`] or [`ApiKey::in_query`], and the operations that keys open name it
    /// in `by`.
    #[must_use]
    pub fn sent_as<K: Credential>(self) -> Self {
        Self { kind: K::KIND, ..self }
    }

    /// Returns the kind of credentials that the keys are.
    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns those of a request.
    pub(crate) fn of(self, revocations: Revocations) -> Self {
        Self { revocations: Some(revocations), ..self }
    }

    /// Makes a key.
    ///
    /// # Errors
    ///
    /// [`ApiKeyError::NotHeld`] if the caller lacks what the key is to have, [`ApiKeyError::Name`], and
    /// [`ApiKeyError::Store`], also where another request has revoked all of the caller's since this one began.
    pub async fn make<R: Roles + Copy>(
        &self,
        grant: Grant<'_, R>,
        clock: &Clock,
    ) -> Result<Made, ApiKeyError> {
        grant.check()?;
        let now = clock.unix_seconds();
        let lifetime = i64::try_from(grant.lifetime.as_secs()).unwrap_or(i64::MAX);
        let record = ApiKeyRecord {
            id: String::new(),
            digest: [0; 32],
            owner: grant.caller.id().clone(),
            roles: grant.role_names(),
            name: grant.name,
            scopes: grant.scopes,
            created_at: grant.caller.identity().issuing_time(now),
            expires_at: now.saturating_add(lifetime),
            last_used_at: None,
        };
        Ok(self.keep(record).await?)
    }

    /// Makes a key with what another one has, which ends after an overlap: the time to bring the new one to where the old
    /// one is used. `None` if the caller owns no such key, or it has ended or was revoked.
    ///
    /// # Errors
    ///
    /// [`ApiKeyError::NotHeld`] if the key has a role or a scope that the caller lacks, by these credentials or since somebody
    /// took it away: such a key lives to its end, and no longer. And [`ApiKeyError::Store`].
    pub async fn rotate<R: Roles>(
        &self,
        caller: &Caller<R>,
        id: &str,
        overlap: Duration,
        clock: &Clock,
    ) -> Result<Option<Made>, ApiKeyError> {
        let now = clock.unix_seconds();
        let old = self.owned(caller.id(), id).await?.filter(|old| now < old.expires_at);
        let Some(old) = old else { return Ok(None) };
        if self.is_revoked(&old).await? {
            return Ok(None);
        }
        if !grant::holds(caller, &old) {
            return Err(ApiKeyError::NotHeld);
        }
        let lifetime = old.expires_at.saturating_sub(old.created_at);
        let new = ApiKeyRecord {
            created_at: caller.identity().issuing_time(now),
            expires_at: now.saturating_add(lifetime),
            last_used_at: None,
            ..old.clone()
        };
        let made = self.keep(new).await?;
        // What was revoked while the new one was kept was revoked with what came of it.
        if self.is_revoked(&old).await? {
            self.inner.store.end(&made.record.id, 0).await?;
            return Ok(None);
        }
        let overlap = i64::try_from(overlap.as_secs()).unwrap_or(i64::MAX);
        let end = now.saturating_add(overlap).min(old.expires_at);
        self.inner.store.end(&old.id, end).await?;
        Ok(Some(made))
    }

    /// Ends a key now. `false` if the owner has no such key.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub async fn revoke(
        &self,
        owner: &CallerId,
        id: &str,
        clock: &Clock,
    ) -> Result<bool, StoreError> {
        let Some(key) = self.owned(owner, id).await? else { return Ok(false) };
        self.inner.store.end(&key.id, clock.unix_seconds()).await?;
        Ok(true)
    }

    /// Returns the records of an owner's keys, the newest first, those included that have ended.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub async fn list(&self, owner: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        self.inner.store.list(owner).await
    }

    /// Returns the record of a key that was sent, if it is one and has not ended.
    async fn known(&self, presented: &[u8], now: i64) -> Result<ApiKeyRecord, Refused> {
        let text = KeyText::read(presented, self.inner.prefix)
            .ok_or_else(|| Refused::invalid("this is no API key of this app"))?;
        let found = self.inner.store.find(text.id).await;
        let found = found.map_err(|error| Refused::unavailable(error.into_cause()))?;
        let key = found.ok_or_else(|| Refused::invalid("there is no API key of this id"))?;
        if verify_slices_are_equal(&key.digest, &text.digest()).is_err()
            && !crate::weakened::is("key-secret")
        {
            return Err(Refused::invalid("the API key of this id is another one"));
        }
        if now >= key.expires_at && !crate::weakened::is("key-end") {
            return Err(Refused::invalid("the API key has ended"));
        }
        Ok(key)
    }

    async fn owned(&self, owner: &CallerId, id: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        Ok(self.inner.store.find(id).await?.filter(|key| key.owner == *owner))
    }

    /// Returns `true` if a key opens nothing because of what was revoked.
    async fn is_revoked(&self, key: &ApiKeyRecord) -> Result<bool, StoreError> {
        let Some(revocations) = &self.revocations else { return Ok(false) };
        let (issuer, subject) = (key.owner.issuer(), key.owner.subject());
        Ok(revocations.include([&*issuer, &*subject, &*key.id], key.created_at).await?)
    }

    /// Keeps a record under a new id, and gives the key that it is of.
    async fn keep(&self, record: ApiKeyRecord) -> Result<Made, StoreError> {
        let (id, key, digest) = text::random(self.inner.prefix)
            .map_err(|_| StoreError::from("the system gives no randomness"))?;
        let record = ApiKeyRecord { id, digest, ..record };
        self.inner.store.insert(record.clone()).await?;
        let (issuer, subject) = (record.owner.issuer(), record.owner.subject());
        if let Some(revocations) = &self.revocations
            && revocations.ended_meanwhile(&issuer, &subject).await?
        {
            // It has never counted.
            self.inner.store.end(&record.id, 0).await?;
            return Err("all of the key's owner was revoked meanwhile".into());
        }
        Ok(Made { key, record })
    }

    /// Notes that a key was used. That nobody could note it is told to the log, and does not keep its caller out.
    async fn note(&self, key: &ApiKeyRecord, now: i64) {
        if key.last_used_at.is_some_and(|at| now.saturating_sub(at) < NOTED) {
            return;
        }
        if let Err(error) = self.inner.store.used(&key.id, now).await {
            tracing::error!(target: "secure_api::request", %error, "the use of an API key was not noted");
        }
    }
}

impl<S: ApiKeyStore> Source for ApiKeys<S> {
    type Kind = ApiKey;

    async fn identify(&self, presented: &[u8], head: &Head<'_>) -> Result<Principal, Refused> {
        let now = head.clock().unix_seconds();
        let key = self.known(presented, now).await?;
        self.note(&key, now).await;
        let owner = &key.owner;
        let principal = Principal::new(owner.issuer(), owner.subject())
            .roles(key.roles)
            .scopes(key.scopes)
            .credential_id(key.id)
            .issued_at(key.created_at)
            .expires_at(key.expires_at);
        Ok(match owner.tenant() {
            Some(tenant) => principal.tenant(tenant),
            None => principal,
        })
    }

    async fn still(&self, presented: &[u8], head: &Head<'_>) -> Result<(), Refused> {
        self.known(presented, head.clock().unix_seconds()).await.map(drop)
    }
}

impl<S> Clone for ApiKeys<S> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            kind: self.kind,
            revocations: self.revocations.clone(),
        }
    }
}

impl<S> fmt::Debug for ApiKeys<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKeys").field("prefix", &self.inner.prefix).finish_non_exhaustive()
    }
}

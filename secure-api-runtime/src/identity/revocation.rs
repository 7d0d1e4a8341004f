//! Tokens that no longer count before they expire: single ones by id, and all of a subject up to a time.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    clock::Clock,
    expiring::Expiring,
    fingerprint::{Fingerprint, fingerprint},
    role::Roles,
};

use super::{Caller, Identity, Refusal};

/// A revocation is kept this long after the end of its token: longer than any leeway of an issuer.
const GRACE_SECONDS: i64 = 301;
/// The interval of sweeps that evict revocations of tokens which have ended. What was not evicted still refuses, so that a
/// wrong end does not let a token in at once.
const SWEEP_SECONDS: u64 = 60;

/// The revoked tokens and subjects, in the memory of this process. Clones share it. It takes effect on the next
/// request, remembered tokens included, and is forgotten when the process ends.
///
/// An entry is never dropped to make room: that would let a revoked token in again.
#[derive(Clone)]
pub struct Revocations(Arc<Shared>);

struct Shared {
    clock: Clock,
    /// `true` after the first revocation, so that until then no request takes the lock.
    any: AtomicBool,
    revoked: RwLock<Revoked>,
}

struct Revoked {
    /// Revoked tokens, by issuer and token id; each ends some time after its token.
    tokens: Expiring<Fingerprint, ()>,
    /// Subjects, by issuer and name: the earliest `iat` that still counts.
    subjects: HashMap<Fingerprint, i64>,
}

impl Revocations {
    pub(super) fn new(clock: Clock) -> Self {
        let revoked = Revoked { tokens: Expiring::new(SWEEP_SECONDS), subjects: HashMap::new() };
        Self(Arc::new(Shared { clock, any: AtomicBool::new(false), revoked: RwLock::new(revoked) }))
    }

    /// Refuses the caller's own token from now on: logging out. `false` if the token has no `jti` to be
    /// known by, which only a [`partial_profile`](crate::token::Issuer::partial_profile) admits.
    pub fn revoke<R: Roles>(&self, caller: &Caller<R>) -> bool {
        let identity = caller.identity();
        let Some(id) = identity.token_id() else { return false };
        self.revoke_token(identity.issuer(), id, identity.expires_at());
        true
    }

    /// Refuses the token with this `jti` of this issuer from now on. `expires_at` is the token's `exp`, in
    /// seconds since 1970, after which there is nothing left to refuse.
    pub fn revoke_token(&self, issuer: &str, token_id: &str, expires_at: i64) {
        let now = seconds(self.0.clock.unix_seconds());
        let end = seconds(expires_at.saturating_add(GRACE_SECONDS));
        let token = fingerprint(&[issuer, token_id]);
        self.change(|Revoked { tokens, .. }| {
            if tokens.is_due(now, false) {
                tokens.sweep(now, |()| ());
            }
            tokens.insert(token, tokens.until(&token).map_or(end, |until| end.max(until)), ());
        });
    }

    /// Refuses every token of a subject that was issued before this time, in seconds since 1970: after a
    /// password change, or "log out everywhere". A token that does not say when it was issued is refused too.
    pub fn revoke_subject(&self, issuer: &str, subject: &str, issued_before: i64) {
        self.change(|Revoked { subjects, .. }| {
            let since = subjects.entry(fingerprint(&[issuer, subject])).or_insert(issued_before);
            *since = issued_before.max(*since);
        });
    }

    pub(super) fn check(&self, identity: &Identity) -> Result<(), Refusal> {
        if !self.0.any.load(Ordering::Acquire) {
            return Ok(());
        }
        // The maps are whole after every change, whatever happened to a thread that held the lock.
        let revoked = self.0.revoked.read().unwrap_or_else(PoisonError::into_inner);
        let named = |name| fingerprint(&[identity.issuer(), name]);
        if identity.token_id().is_some_and(|id| revoked.tokens.until(&named(id)).is_some()) {
            return Err(Refusal::Revoked);
        }
        match revoked.subjects.get(&named(identity.subject())) {
            Some(since) if identity.issued_at().is_none_or(|issued_at| issued_at < *since) => {
                Err(Refusal::Superseded)
            }
            _ => Ok(()),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Revoked)) {
        change(&mut self.0.revoked.write().unwrap_or_else(PoisonError::into_inner));
        self.0.any.store(true, Ordering::Release);
    }

    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        self.0.revoked.read().unwrap_or_else(PoisonError::into_inner).tokens.len()
    }
}

/// Returns a time as the map counts it. Before 1970 there were no tokens.
fn seconds(unix: i64) -> u64 {
    u64::try_from(unix).unwrap_or_default()
}

impl std::fmt::Debug for Revocations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revocations").finish_non_exhaustive()
    }
}

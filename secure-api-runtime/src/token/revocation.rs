//! Tokens that no longer count before they expire: single ones by id, and all of a subject up to a time.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{clock::Clock, role::Roles};

use super::{Caller, Identity, refusal::Refusal};

/// A revocation is kept this long after the token's end, since an issuer's leeway may stretch that.
const GRACE_SECONDS: i64 = 300;
/// Ended revocations are swept out when this many are held, and then each time their number has doubled.
const SWEEP_AT: usize = 1024;

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

#[derive(Default)]
struct Revoked {
    /// Issuer → token id → the token's end.
    tokens: HashMap<Box<str>, HashMap<Box<str>, i64>>,
    /// Issuer → subject → the earliest `iat` that still counts.
    subjects: HashMap<Box<str>, HashMap<Box<str>, i64>>,
    held: usize,
    sweep_at: usize,
}

impl Revocations {
    pub(super) fn new(clock: Clock) -> Self {
        let revoked = Revoked { sweep_at: SWEEP_AT, ..Revoked::default() };
        Self(Arc::new(Shared { clock, any: AtomicBool::new(false), revoked: RwLock::new(revoked) }))
    }

    /// Refuses the caller's own token from now on: logging out. `false` if the token has no `jti` to be
    /// known by, which only a [`partial_profile`](super::Issuer::partial_profile) admits.
    pub fn revoke<R: Roles>(&self, caller: &Caller<R>) -> bool {
        let identity = caller.identity();
        let Some(id) = identity.token_id() else { return false };
        self.revoke_token(identity.issuer(), id, identity.expires_at());
        true
    }

    /// Refuses the token with this `jti` of this issuer from now on. `expires_at` is the token's `exp`, in
    /// seconds since 1970, after which there is nothing left to refuse.
    pub fn revoke_token(&self, issuer: &str, token_id: &str, expires_at: i64) {
        let now = self.0.clock.unix_seconds();
        self.change(|revoked| {
            if revoked.held >= revoked.sweep_at {
                revoked.sweep(now);
            }
            let tokens = revoked.tokens.entry(issuer.into()).or_default();
            let end = tokens.get(token_id).map_or(expires_at, |end| expires_at.max(*end));
            if tokens.insert(token_id.into(), end).is_none() {
                revoked.held += 1;
            }
        });
    }

    /// Refuses every token of a subject that was issued before this time, in seconds since 1970: after a
    /// password change, or "log out everywhere". A token that does not say when it was issued is refused too.
    pub fn revoke_subject(&self, issuer: &str, subject: &str, issued_before: i64) {
        self.change(|revoked| {
            let subjects = revoked.subjects.entry(issuer.into()).or_default();
            let since =
                subjects.get(subject).map_or(issued_before, |since| issued_before.max(*since));
            subjects.insert(subject.into(), since);
        });
    }

    pub(super) fn check(&self, identity: &Identity) -> Result<(), Refusal> {
        if !self.0.any.load(Ordering::Acquire) {
            return Ok(());
        }
        // The maps are whole after every change, whatever happened to a thread that held the lock.
        let revoked = self.0.revoked.read().unwrap_or_else(PoisonError::into_inner);
        let tokens = revoked.tokens.get(identity.issuer());
        if identity
            .token_id()
            .is_some_and(|id| tokens.is_some_and(|tokens| tokens.contains_key(id)))
        {
            return Err(Refusal::Revoked);
        }
        let subjects = revoked.subjects.get(identity.issuer());
        match subjects.and_then(|subjects| subjects.get(identity.subject())) {
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
    pub(super) fn held(&self) -> usize {
        self.0.revoked.read().unwrap_or_else(PoisonError::into_inner).held
    }
}

impl Revoked {
    /// Forgets tokens that expired long enough ago to be refused without this.
    fn sweep(&mut self, now: i64) {
        for tokens in self.tokens.values_mut() {
            tokens.retain(|_, end| now <= end.saturating_add(GRACE_SECONDS));
        }
        self.tokens.retain(|_, tokens| !tokens.is_empty());
        self.held = self.tokens.values().map(HashMap::len).sum();
        self.sweep_at = (self.held * 2).max(SWEEP_AT);
    }
}

impl std::fmt::Debug for Revocations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revocations").finish_non_exhaustive()
    }
}

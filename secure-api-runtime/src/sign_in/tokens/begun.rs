//! The time at which a request began that may sign somebody in, and whether all sign-ins of a subject were ended since.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use super::{Tokens, end::TRIES};
use crate::{ledger::Record, sign_in::SignInError};

/// The seconds for which it is known that all sign-ins of a subject were ended: longer than a handler runs.
const KNOWN: i64 = 3600;

/// The time at which a request began, in milliseconds since 1970. Clones share it.
#[derive(Clone)]
pub(super) struct Begun(Arc<AtomicI64>);

impl Begun {
    pub(super) fn at(milliseconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(milliseconds)))
    }
}

impl Tokens {
    /// Returns the tokens of a request that begins now: what its handler finds out of an account it does after that.
    pub(crate) fn begun(self) -> Self {
        let begun = Begun::at(self.now());
        Self(self.0, begun)
    }

    /// Notes that all sign-ins of a subject are ended, before they are: one that is kept later finds this, and one that was
    /// kept before is found. The request that ends them may sign in anew.
    pub(super) async fn note_end(&self, subject: &str) -> Result<(), SignInError> {
        let (ledger, name) = (&self.0.ledger, self.end_name(subject));
        let until = self.0.clock.unix_seconds().saturating_add(KNOWN);
        for _ in 0..TRIES {
            let now = self.now();
            let record = Record { value: now.to_be_bytes().to_vec(), until, group: None };
            let noted = match ledger.get(name).await? {
                Some(kept) => ledger.replace(name, kept.version, record).await?,
                None => ledger.insert(name, record).await?,
            };
            if noted {
                self.1.0.fetch_max(now, Ordering::AcqRel);
                return Ok(());
            }
        }
        Err(SignInError::unavailable("all sign-ins of one subject are ended too often"))
    }

    /// Returns `true` if all sign-ins of a subject were ended after the request began.
    pub(super) async fn ended_since(&self, subject: &str) -> Result<bool, SignInError> {
        let Some(kept) = self.0.ledger.get(self.end_name(subject)).await? else { return Ok(false) };
        let ended = <[u8; 8]>::try_from(&*kept.value).map(i64::from_be_bytes);
        let ended =
            ended.map_err(|_| SignInError::unavailable("the end of a sign-in cannot be read"))?;
        Ok(ended > self.1.0.load(Ordering::Acquire))
    }

    fn end_name(&self, subject: &str) -> crate::ledger::Name {
        self.0.ledger.name(&["end of a subject's sign-ins", self.issuer(), subject])
    }

    fn now(&self) -> i64 {
        self.0.clock.unix_millis()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Family, TokenGrant, tests::tokens};
    use super::*;
    use crate::{
        clock::Clock,
        identity::Revocations,
        ledger::{AppLedger, Kept, Memory},
    };

    // R19: who was let in by a password that was changed meanwhile is let in by none.
    #[tokio::test]
    async fn a_sign_in_that_began_before_all_were_ended_gets_no_tokens() {
        let clock = Clock::manual(1_000);
        let ledger = AppLedger::in_memory(Memory::new(clock.clone()));
        let [late, ending, other] = [(), (), ()].map(|()| tokens(&ledger, &clock).begun());
        clock.advance(Duration::from_millis(20));
        ending.end_all("alice").await.expect("a ledger");
        let refused = late.issue(TokenGrant::new("alice", "web")).await;
        assert!(matches!(refused, Err(SignInError::Refused(_))));
        let group = late.group("alice");
        let kept = ledger.group(group).await.expect("a ledger");
        let ended = |kept: &Kept| Family::read(&kept.value).expect("a sign-in").ended;
        assert!(kept.iter().all(|(_, kept)| ended(kept)), "nothing of it counts");
        // Others are not meant, and neither is who ended them, or who begins after that.
        other.issue(TokenGrant::new("bob", "web")).await.expect("tokens");
        ending.issue(TokenGrant::new("alice", "web")).await.expect("tokens");
        let next = tokens(&ledger, &clock).begun();
        next.issue(TokenGrant::new("alice", "web")).await.expect("tokens");
    }

    // R19: what was revoked while it was renewed has no successor, not even one that is issued in a later second.
    #[tokio::test]
    async fn a_renewal_of_what_was_revoked_meanwhile_gets_no_tokens() {
        let clock = Clock::manual(1_000);
        let ledger = AppLedger::in_memory(Memory::new(clock.clone()));
        let tokens = tokens(&ledger, &clock);
        let grant = || TokenGrant::new("alice", "web");
        let issued = tokens.issue(grant()).await.expect("tokens");
        let renewal = tokens.presented(&issued.refresh_token, "web").await.expect("a renewal");
        let revocations = Revocations::new(ledger.clone());
        let now = clock.unix_seconds();
        revocations.revoke_subject(tokens.issuer(), "alice", now).await.expect("a ledger");
        clock.advance(Duration::from_secs(2));
        let refused = tokens.renew(renewal, grant()).await;
        assert!(matches!(refused, Err(SignInError::Refused(_))));
        let kept = ledger.group(tokens.group("alice")).await.expect("a ledger");
        let ended = |kept: &Kept| Family::read(&kept.value).expect("a sign-in").ended;
        assert!(kept.iter().all(|(_, kept)| ended(kept)), "nothing of it counts");
    }
}

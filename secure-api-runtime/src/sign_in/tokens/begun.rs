//! Tokens of a request, and whether all sign-ins of a subject were ended since it began.

use super::Tokens;
use crate::{ledger::Begun, sign_in::SignInError};

impl Tokens {
    /// Returns the tokens of a request that begins now.
    pub(crate) fn begun(self) -> Self {
        let begun = Begun::now(&self.0.clock);
        Self(self.0, begun)
    }

    /// Notes that all sign-ins of a subject are ended, before they are.
    pub(super) async fn note_end(&self, subject: &str) -> Result<(), SignInError> {
        let whose = (self.issuer(), subject);
        Ok(self.1.note_end(whose, &self.0.ledger, &self.0.clock).await?)
    }

    /// Returns `true` if another request has ended all sign-ins of a subject after this one began.
    pub(super) async fn ended_since(&self, subject: &str) -> Result<bool, SignInError> {
        Ok(self.1.was_ended((self.issuer(), subject), &self.0.ledger).await?)
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

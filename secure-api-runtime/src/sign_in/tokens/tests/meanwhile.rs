//! Tokens that are about to be issued or renewed while all of their subject are ended, on machines whose clocks differ.

use super::*;
use crate::ledger::Kept;

/// Returns the tokens of a request that begins now.
async fn request(ledger: &AppLedger, clock: &Clock) -> Tokens {
    tokens(ledger, clock).of(&Begun::now(ledger).await.expect("a ledger"))
}

/// Checks that no sign-in of alice's counts.
async fn assert_all_ended(tokens: &Tokens) {
    let kept = tokens.0.ledger.group(tokens.group("alice")).await.expect("a ledger");
    let ended = |kept: &Kept| Family::read(&kept.value).expect("a sign-in").ended;
    assert!(kept.iter().all(|(_, kept)| ended(kept)));
}

fn refused(answer: &Result<Issued, SignInError>) -> bool {
    matches!(answer, Err(SignInError::Refused(_)))
}

// R19: who was let in by a password that was changed meanwhile is let in by none, whichever machine is ahead.
#[tokio::test]
async fn a_sign_in_that_began_before_all_were_ended_gets_no_tokens() {
    for (here, there) in [(START, START), (START + 30, START), (START, START + 30)] {
        let [here, there] = [here, there].map(Clock::manual);
        let ledger = AppLedger::in_memory(Memory::new(here.clone()));
        let (late, other) = (request(&ledger, &here).await, request(&ledger, &here).await);
        let ending = request(&ledger, &there).await;
        ending.end_all("alice").await.expect("a ledger");
        assert!(refused(&late.issue(grant()).await));
        assert_all_ended(&late).await;
        // Others are not meant, and neither is who ended them, or who begins after that.
        other.issue(TokenGrant::new("bob", "web")).await.expect("tokens");
        ending.issue(grant()).await.expect("tokens");
        request(&ledger, &here).await.issue(grant()).await.expect("tokens");
        request(&ledger, &there).await.issue(grant()).await.expect("tokens");
    }
}

// R19: of two that end all at once, neither lets in whoever the other one meant.
#[tokio::test]
async fn who_ended_all_is_refused_where_another_has_done_so_too() {
    let clock = Clock::manual(START);
    let ledger = AppLedger::in_memory(Memory::new(clock.clone()));
    let (one, two) = (request(&ledger, &clock).await, request(&ledger, &clock).await);
    one.end_all("alice").await.expect("a ledger");
    two.end_all("alice").await.expect("a ledger");
    assert!(refused(&one.issue(grant()).await));
    assert!(refused(&two.issue(grant()).await));
    // Once more, and it is still the other's end that it began before.
    two.end_all("alice").await.expect("a ledger");
    assert!(refused(&two.issue(grant()).await));
    let three = request(&ledger, &clock).await;
    for _ in 0..3 {
        three.end_all("alice").await.expect("a ledger");
        three.issue(grant()).await.expect("tokens");
    }
}

// R19: what was revoked while it was renewed has no successor, not even one that is issued in a later second, or by a clock that
// is ahead.
#[tokio::test]
async fn a_renewal_of_what_was_revoked_meanwhile_gets_no_tokens() {
    for ahead in [0, 30] {
        let clock = Clock::manual(START + ahead);
        let ledger = AppLedger::in_memory(Memory::new(clock.clone()));
        let tokens = request(&ledger, &clock).await;
        let issued = tokens.issue(grant()).await.expect("tokens");
        let renewal = tokens.presented(&issued.refresh_token, "web").await.expect("a renewal");
        let revocations = Revocations::new(ledger.clone());
        revocations.revoke_subject(tokens.issuer(), "alice", START).await.expect("a ledger");
        clock.advance(Duration::from_secs(2));
        assert!(refused(&tokens.renew(renewal, grant()).await));
        assert_all_ended(&tokens).await;
    }
}

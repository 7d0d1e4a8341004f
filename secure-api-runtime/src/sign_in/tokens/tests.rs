//! The tests of tokens and of their families.

mod meanwhile;

use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::ledger::Memory;

const START: i64 = 1_790_000_000;
const DAY: u64 = 24 * 3600;

struct Machine {
    tokens: Tokens,
    clock: Clock,
}

impl Machine {
    fn new() -> Self {
        let clock = Clock::manual(START);
        let ledger = AppLedger::in_memory(Memory::new(clock.clone()));
        Self { tokens: tokens(&ledger, &clock), clock }
    }

    async fn alice(&self) -> Issued {
        self.tokens.issue(grant()).await.expect("tokens")
    }

    async fn renew(&self, refresh_token: &Secret<String>) -> Result<Issued, SignInError> {
        let renewal = self.tokens.presented(refresh_token, "web").await?;
        self.tokens.renew(renewal, grant()).await
    }

    /// Returns `true` if the access token is still good as far as the ledger knows.
    async fn lives(&self, issued: &Issued) -> bool {
        let claims = claims_of(issued);
        let id = claims["jti"].as_str().expect("an id");
        let ledger = &self.tokens.0.ledger;
        let name = ledger.name(&["credential", "https://notes.example", id]);
        ledger.revoked([name]).await.expect("an answer") == [None]
    }
}

/// Returns what an access token says.
fn claims_of(issued: &Issued) -> Value {
    let jwt = issued.access_token.expose().split('.').nth(1).expect("claims").to_owned();
    let claims = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, jwt);
    serde_json::from_slice(&claims.expect("claims")).expect("JSON")
}

pub(super) fn tokens(ledger: &AppLedger, clock: &Clock) -> Tokens {
    tokens_of(ledger, clock, None)
}

fn tokens_of(ledger: &AppLedger, clock: &Clock, tenant_claim: Option<&str>) -> Tokens {
    let issuer = "https://notes.example".to_owned();
    let keys = Arc::new(OwnKeys::new(issuer.clone(), ledger.clone(), clock.clone()));
    let named = Named {
        issuer,
        audience: "notes-api".to_owned(),
        tenant_claim: tenant_claim.map(str::to_owned),
    };
    let ends = Ends { lifetime: 600, idle: 14 * DAY as i64, absolute: 30 * DAY as i64 };
    Tokens::new(named, ends, keys, ledger.clone(), clock.clone(), Audited::default())
}

fn grant() -> TokenGrant {
    TokenGrant::new("alice", "web")
}

fn refused<T>(result: Result<T, SignInError>) -> bool {
    matches!(result, Err(SignInError::Refused(_)))
}

fn reused<T>(result: Result<T, SignInError>) -> bool {
    matches!(result, Err(SignInError::Reused))
}

#[tokio::test]
async fn a_refresh_token_is_good_for_one_renewal_and_its_reuse_ends_all() {
    let machine = Machine::new();
    let first = machine.alice().await;
    let second = machine.renew(&first.refresh_token).await.expect("tokens");
    let third = machine.renew(&second.refresh_token).await.expect("tokens");
    let elsewhere = machine.alice().await;
    assert!(machine.lives(&first).await && machine.lives(&third).await);
    assert!(reused(machine.renew(&first.refresh_token).await));
    for issued in [&first, &second, &third] {
        assert!(!machine.lives(issued).await, "access tokens end with it");
        assert!(machine.renew(&issued.refresh_token).await.is_err());
    }
    // Another sign-in of the same subject goes on.
    assert!(machine.lives(&elsewhere).await);
    machine.renew(&elsewhere.refresh_token).await.expect("tokens");
}

#[tokio::test]
async fn of_two_uses_at_once_one_gets_tokens_and_the_other_ends_them() {
    let machine = Machine::new();
    let first = machine.alice().await;
    let one = machine.tokens.presented(&first.refresh_token, "web").await.expect("it counts");
    let two = machine.tokens.presented(&first.refresh_token, "web").await.expect("it counts");
    let winner = machine.tokens.renew(one, grant()).await.expect("tokens");
    assert!(machine.lives(&winner).await);
    assert!(reused(machine.tokens.renew(two, grant()).await));
    assert!(!machine.lives(&winner).await);
    assert!(machine.renew(&winner.refresh_token).await.is_err());
}

#[tokio::test]
async fn a_renewal_that_the_app_gives_up_uses_nothing() {
    let machine = Machine::new();
    let first = machine.alice().await;
    drop(machine.tokens.presented(&first.refresh_token, "web").await.expect("it counts"));
    machine.renew(&first.refresh_token).await.expect("tokens");
}

#[tokio::test]
async fn it_is_its_clients_and_its_subjects() {
    let machine = Machine::new();
    let first = machine.alice().await;
    let renewal = machine.tokens.presented(&first.refresh_token, "web").await.expect("it counts");
    for other in [
        TokenGrant::new("bob", "web"),
        TokenGrant::new("alice", "app"),
        TokenGrant::new("alice", "web").tenant("acme"),
    ] {
        let renewal = Renewal { id: renewal.id.clone(), family: renewal.family.clone(), ..renewal };
        let result = machine.tokens.renew(renewal, other).await;
        assert!(matches!(result, Err(SignInError::Grant(_))));
    }
    // Sent by another client it was stolen.
    assert!(reused(machine.tokens.presented(&first.refresh_token, "app").await));
    assert!(machine.renew(&first.refresh_token).await.is_err());
}

#[tokio::test]
async fn what_was_never_issued_ends_nothing() {
    let machine = Machine::new();
    let first = machine.alice().await;
    let text = first.refresh_token.expose();
    // Whoever sees an access token knows the family's id, and not what a token of it is.
    for place in 0..text.len() {
        let mut forged = text.clone().into_bytes();
        forged[place] = if forged[place] == b'0' { b'1' } else { b'0' };
        let forged = Secret::new(String::from_utf8(forged).expect("a text"));
        assert!(refused(machine.tokens.presented(&forged, "web").await), "{place}");
        machine.tokens.end(&forged).await.expect("nothing to end");
    }
    for wrong in ["", "refresh_", &text[1..], &text[..text.len() - 1], &format!("{text}0")] {
        let wrong = Secret::new(wrong.to_owned());
        assert!(refused(machine.tokens.presented(&wrong, "web").await));
    }
    machine.renew(&first.refresh_token).await.expect("tokens");
}

#[tokio::test]
async fn it_ends_when_nobody_comes_and_in_any_case() {
    let machine = Machine::new();
    let idle = machine.alice().await;
    machine.clock.advance(Duration::from_secs(14 * DAY));
    assert!(refused(machine.renew(&idle.refresh_token).await));
    let mut active = machine.alice().await;
    for _ in 0..3 {
        machine.clock.advance(Duration::from_secs(9 * DAY));
        active = machine.renew(&active.refresh_token).await.expect("tokens");
    }
    machine.clock.advance(Duration::from_secs(3 * DAY));
    assert!(refused(machine.renew(&active.refresh_token).await), "thirty days are over");
}

#[tokio::test]
async fn signing_out_ends_one_and_signing_out_everywhere_all() {
    let machine = Machine::new();
    let (one, two, three) = (machine.alice().await, machine.alice().await, machine.alice().await);
    machine.tokens.end(&one.refresh_token).await.expect("the ledger answers");
    assert!(!machine.lives(&one).await && machine.lives(&two).await);
    assert!(machine.renew(&one.refresh_token).await.is_err());
    machine.tokens.end_all("alice").await.expect("the ledger answers");
    for issued in [&two, &three] {
        assert!(!machine.lives(issued).await);
        assert!(machine.renew(&issued.refresh_token).await.is_err());
    }
    let bob = machine.tokens.issue(TokenGrant::new("bob", "web")).await.expect("tokens");
    machine.tokens.end_all("alice").await.expect("the ledger answers");
    assert!(machine.lives(&bob).await);
}

#[tokio::test]
async fn of_many_access_tokens_and_many_sign_ins_the_oldest_end() {
    let machine = Machine::new();
    let first = machine.alice().await;
    let mut last = machine.renew(&first.refresh_token).await.expect("tokens");
    for _ in 0..MOST_LIVE {
        assert!(machine.lives(&last).await);
        last = machine.renew(&last.refresh_token).await.expect("tokens");
    }
    assert!(!machine.lives(&first).await && machine.lives(&last).await);
    machine.clock.advance(Duration::from_secs(1));
    let mut newest = machine.alice().await;
    for _ in 1..MOST_FAMILIES {
        newest = machine.alice().await;
    }
    assert!(!machine.lives(&last).await && machine.lives(&newest).await);
    assert!(machine.renew(&last.refresh_token).await.is_err());
}

#[tokio::test]
async fn what_the_verifier_would_refuse_is_not_issued() {
    let machine = Machine::new();
    for grant in [
        TokenGrant::new("", "web"),
        TokenGrant::new("alice", ""),
        TokenGrant::new("a\nb", "web"),
        TokenGrant::new("a".repeat(256), "web"),
        grant().tenant(""),
        grant().scopes(["two words"]),
    ] {
        let result = machine.tokens.issue(grant).await;
        assert!(matches!(result, Err(SignInError::Grant(_))));
    }
}

// R37: without its tenant a token would be the same for two tenants' alice.
#[tokio::test]
async fn a_tenant_stands_where_the_verifier_looks_for_it_or_nothing_is_issued() {
    let clock = Clock::manual(START);
    let ledger = AppLedger::in_memory(Memory::new(clock.clone()));
    let issue = async |claim: Option<&str>| {
        let tokens = tokens_of(&ledger, &clock, claim);
        tokens.issue(grant().tenant("acme")).await.map(|issued| claims_of(&issued))
    };
    for (claim, pointer) in [
        ("org_id", "/org_id"),
        ("https://notes.example/tenant", "/https:~1~1notes.example~1tenant"),
        ("/organization/id", "/organization/id"),
        ("/a~1b/c~0d", "/a~1b/c~0d"),
        ("/org", "/org"),
    ] {
        let claims = issue(Some(claim)).await.expect("tokens");
        assert_eq!(claims.pointer(pointer), Some(&json!("acme")), "{claim}: {claims}");
    }
    // What this token lacks means something else too.
    for claim in [
        None,
        Some("sub"),
        Some("roles"),
        Some("/sub"),
        Some("/sub/x"),
        Some("/roles/0"),
        Some("scope"),
        Some("/acr"),
        Some("/cnf/jkt"),
    ] {
        let result = issue(claim).await;
        assert!(matches!(result, Err(SignInError::Grant(_))), "{claim:?}");
    }
}

// R37
#[tokio::test]
async fn who_is_called_the_same_in_another_tenant_ends_nobodys_sign_in() {
    let clock = Clock::manual(START);
    let ledger = AppLedger::in_memory(Memory::new(clock.clone()));
    let tokens = tokens_of(&ledger, &clock, Some("org_id"));
    let acme = || grant().tenant("acme");
    let first = tokens.issue(acme()).await.expect("tokens");
    for _ in 0..=MOST_FAMILIES {
        tokens.issue(grant().tenant("evil")).await.expect("tokens");
    }
    let renewal = tokens.presented(&first.refresh_token, "web").await.expect("it counts");
    tokens.renew(renewal, acme()).await.expect("tokens");
}

#[tokio::test]
async fn nothing_tells_the_tokens() {
    let machine = Machine::new();
    let issued = machine.alice().await;
    let shown = format!("{issued:?} {:?}", machine.tokens);
    for token in [&issued.access_token, &issued.refresh_token] {
        assert!(!shown.contains(&**token.expose()), "{shown}");
    }
}

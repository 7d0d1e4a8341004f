//! Verified tokens are remembered, within bounds and never too long.

use std::time::Duration;

use futures_util::FutureExt;

use super::*;

/// Records a revocation in the memory of this process, which answers at once.
fn now(revoked: impl Future<Output = Result<(), LedgerError>>) {
    revoked.now_or_never().expect("at once").expect("there is room");
}

#[test]
fn a_token_is_verified_once_and_then_remembered() {
    let (verifier, _) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    let first = present(&verifier, &token).expect("accepted");
    let second = present(&verifier, &token).expect("accepted");
    assert!(Arc::ptr_eq(&first, &second), "the second answer is the first one");
    assert_eq!(verifier.remembered(), 1);
}

#[test]
fn a_remembered_token_still_expires() {
    // R11
    let (verifier, clock) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    assert!(present(&verifier, &token).is_ok());
    clock.advance(Duration::from_secs(599));
    assert!(present(&verifier, &token).is_ok());
    // From `exp` on the leeway decides, and each time by the whole proof.
    clock.advance(Duration::from_secs(1));
    let proved = present(&verifier, &token).expect("within the leeway");
    let again = present(&verifier, &token).expect("within the leeway");
    assert!(!Arc::ptr_eq(&proved, &again));
    assert_eq!(verifier.remembered(), 0, "nothing is remembered past exp");
    clock.advance(Duration::from_secs(30));
    assert_eq!(present(&verifier, &token).expect_err("expired"), Refusal::Expired);
}

#[test]
fn a_remembered_token_lends_nothing_to_one_that_differs() {
    let (verifier, _) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    assert!(present(&verifier, &token).is_ok());
    let (signed, _) = token.rsplit_once('.').expect("three segments");
    let forged = format!("{signed}.{}", encode([7; 64]));
    assert_eq!(present(&verifier, &forged).expect_err("another signature"), Refusal::Signature);
    let (head, rest) = token.split_once('.').expect("three segments");
    let (_, signature) = rest.split_once('.').expect("three segments");
    let raised = with(claims(), "roles", json!(["admin"]));
    let forged = format!("{head}.{}.{signature}", encode(raised.to_string()));
    assert_eq!(present(&verifier, &forged).expect_err("another payload"), Refusal::Signature);
    assert_eq!(verifier.remembered(), 1);
}

#[test]
fn the_memory_is_bounded() {
    let (verifier, _) = verifier(vec![only_fast_key()]);
    let key = EncodingKey::from_secret(&[7; 32]);
    let header = json!({ "typ": "at+jwt", "alg": "HS256" }).to_string();
    for number in 0..12_000 {
        let claims = with(claims(), "jti", json!(number.to_string())).to_string();
        let token = sign_text(&header, &claims, Algorithm::HS256, &key);
        assert!(present(&verifier, &token).is_ok());
    }
    assert!(verifier.remembered() <= 10_000 && verifier.remembered() > 5_000);
}

fn only_fast_key() -> Issuer {
    Issuer::new(ISSUER).audience(AUDIENCE).key(Key::hs256(SecretBytes::made_up([7; 32])))
}

#[test]
fn a_revoked_token_is_refused_at_once_remembered_or_not() {
    // R19
    let (verifier, _) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    let other = sign(&header(), &with(claims(), "jti", json!("t-2")));
    assert!(present(&verifier, &token).is_ok());
    let elsewhere = "https://login.other.example";
    now(verifier.revocations().revoke_token(elsewhere, "t-1", NOW + 600));
    assert!(present(&verifier, &token).is_ok(), "the id is one of another issuer");
    now(verifier.revocations().revoke_token(ISSUER, "t-1", NOW + 600));
    assert_eq!(decided(&verifier, &token).expect_err("remembered"), identity::Refusal::Revoked);
    assert!(present(&verifier, &other).is_ok());
    now(verifier.revocations().clone().revoke_token(ISSUER, "t-3", NOW + 600));
    let fresh = sign(&header(), &with(claims(), "jti", json!("t-3")));
    assert_eq!(
        decided(&verifier, &fresh).expect_err("never seen before"),
        identity::Refusal::Revoked
    );
}

#[test]
fn a_subjects_older_tokens_are_refused_at_once() {
    // R19
    let (verifier, _) = verifier(vec![issuer().partial_profile("a test of what has no iat")]);
    let old = sign(&header(), &with(claims(), "iat", json!(NOW - 10)));
    let undated = sign(&header(), &with(claims(), "iat", json!(null)));
    let new = sign(&header(), &claims());
    let bob = sign(&header(), &with(with(claims(), "sub", json!("bob")), "iat", json!(NOW - 10)));
    for token in [&old, &undated, &new, &bob] {
        assert!(present(&verifier, token).is_ok());
    }
    now(verifier.revocations().revoke_subject(ISSUER, "alice", NOW - 1));
    assert_eq!(decided(&verifier, &old).expect_err("older"), identity::Refusal::Superseded);
    assert_eq!(decided(&verifier, &undated).expect_err("undated"), identity::Refusal::Superseded);
    assert!(present(&verifier, &new).is_ok());
    assert!(present(&verifier, &bob).is_ok());
    // A later call with an earlier time takes nothing back.
    now(verifier.revocations().revoke_subject(ISSUER, "alice", NOW - 100));
    assert_eq!(decided(&verifier, &old).expect_err("older"), identity::Refusal::Superseded);
    // Of its own second nobody knows which came first.
    now(verifier.revocations().revoke_subject(ISSUER, "alice", NOW));
    assert_eq!(decided(&verifier, &new).expect_err("of it"), identity::Refusal::Superseded);
    assert!(present(&verifier, &bob).is_ok());
}

#[test]
fn a_revocation_lasts_as_long_as_any_leeway_lets_the_token() {
    // R19
    let wide = issuer().leeway(Duration::from_secs(300));
    let (verifier, clock) = verifier(vec![wide]);
    let token = sign(&header(), &claims());
    now(verifier.revocations().revoke_token(ISSUER, "t-1", NOW + 600));
    clock.advance(Duration::from_secs(899));
    for number in 0..2000 {
        now(verifier.revocations().revoke_token(ISSUER, &format!("x-{number}"), NOW));
    }
    assert_eq!(decided(&verifier, &token).expect_err("still revoked"), identity::Refusal::Revoked);
    assert_eq!(verifier.memory.revocations(), 2001);
    clock.advance(Duration::from_secs(60));
    now(verifier.revocations().revoke_token(ISSUER, "t-2", NOW + 2000));
    assert_eq!(verifier.memory.revocations(), 1, "what ended was swept out");
}

#[test]
fn a_revocation_with_a_wrong_end_refuses_all_the_same() {
    // R19
    let (verifier, _) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    assert!(present(&verifier, &token).is_ok());
    now(verifier.revocations().revoke_token(ISSUER, "t-1", 0));
    assert_eq!(decided(&verifier, &token).expect_err("revoked"), identity::Refusal::Revoked);
}

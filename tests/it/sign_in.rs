//! Signing one's own users in, from outside: tokens, their renewal, passwords and codes, on one machine and on two.

mod apart;
mod gate;
mod heir;
mod meanwhile;
mod repeated;
mod told;
mod wall;

use std::{sync::atomic::Ordering, time::Duration};

use secure_api::{clock::Clock, ledger::Memory};
use serde_json::{Value, json};

use self::gate::{Gate, PHRASE, codes, gate};
use crate::support::{Hooked, Log, Operation, gone, server::START};

// R19
#[tokio::test]
async fn what_one_machine_issues_and_ends_the_others_know() {
    let clock = Clock::manual(START);
    let ledger = Memory::new(clock.clone());
    let (one, two) = (Gate::open(&clock, &ledger), Gate::open(&clock, &ledger));
    let (access, refresh) = one.log_in("alice").await;
    // The other machine has not seen the key, and looks for it.
    assert_eq!([one.me(&access).await, two.me(&access).await], [200, 200]);
    let (renewed, _) = two.renew(&refresh).await.expect("tokens");
    assert_eq!([one.me(&access).await, one.me(&renewed).await], [200, 200]);
    assert!(one.renew(&refresh).await.is_none(), "it was used on the other machine");
    for token in [&access, &renewed] {
        assert_eq!([one.me(token).await, two.me(token).await], [401, 401]);
    }
}

#[tokio::test]
async fn of_two_renewals_at_once_one_gets_tokens_that_the_other_ends() {
    let clock = Clock::manual(START);
    let ledger = Memory::new(clock.clone());
    let (one, two) = (Gate::open(&clock, &ledger), Gate::open(&clock, &ledger));
    let (_, refresh) = one.log_in("alice").await;
    // Each has looked before either has written, which the handlers wait for.
    let (first, second) = tokio::join!(one.renew_late(&refresh), two.renew_late(&refresh));
    let won: Vec<_> = [first, second].into_iter().flatten().collect();
    let [(access, refresh)] = &won[..] else { panic!("{} of them have tokens", won.len()) };
    assert_eq!(one.me(access).await, 401);
    assert!(one.renew(refresh).await.is_none());
}

#[tokio::test]
async fn tokens_hold_across_the_change_of_keys_and_others_are_told_them() {
    let clock = Clock::manual(START);
    let gate = Gate::open(&clock, &Memory::new(clock.clone()));
    let set = gate.client.get("/.well-known/jwks.json").await;
    set.assert_status(200);
    set.assert_header("content-type", "application/jwk-set+json");
    set.assert_header("cache-control", "public, max-age=3600");
    // It is the same whoever asks, so that a cache between may keep one.
    set.assert_header("vary", "accept");
    // A cache gives this to others, to whom the quota of this one is nothing.
    assert!(set.header("ratelimit").is_none() && set.header("ratelimit-policy").is_none());
    let keys = set.json_pointer("/keys");
    let key = keys[0].as_object().expect("a key");
    assert!(key.get("d").is_none(), "nothing private is told");
    let tag = set.header("etag").expect("a tag");
    gate.client.get("/.well-known/jwks.json").header("if-none-match", tag).await.assert_status(304);
    gate.client.post("/.well-known/jwks.json").await.assert_status(405);
    // Ten minutes around each midnight of three days.
    for _ in 0..3 {
        let midnight = (clock.unix_seconds() / 86_400 + 1) * 86_400;
        let before = u64::try_from(midnight - clock.unix_seconds() - 60).expect("later");
        clock.advance(Duration::from_secs(before));
        let (access, refresh) = gate.log_in("alice").await;
        let old = kid(&access);
        clock.advance(Duration::from_secs(120));
        assert_eq!(gate.me(&access).await, 200);
        let (access, _) = gate.renew(&refresh).await.expect("tokens");
        assert_ne!(kid(&access), old);
        let set = gate.client.get("/.well-known/jwks.json").await.json_pointer("/keys");
        let ids: Vec<&Value> =
            set.as_array().expect("a list").iter().map(|key| &key["kid"]).collect();
        assert_eq!(ids, [&Value::from(old), &Value::from(kid(&access))]);
        assert_eq!(gate.me(&access).await, 200);
    }
}

/// Returns a part of a token as JSON.
fn part(token: &str, place: usize) -> Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let part = URL_SAFE_NO_PAD.decode(token.split('.').nth(place).expect("a part"));
    serde_json::from_slice(&part.expect("base64url")).expect("JSON")
}

fn kid(token: &str) -> String {
    part(token, 0)["kid"].as_str().expect("an id").to_owned()
}

// R13
#[tokio::test]
async fn an_access_token_is_of_the_profile() {
    let gate = gate();
    let (access, _) = gate.log_in("alice").await;
    let header = part(&access, 0);
    assert_eq!((&header["typ"], &header["alg"]), (&json!("at+jwt"), &json!("ES256")));
    let claims = part(&access, 1);
    for (claim, value) in [
        ("iss", json!("https://gate.example")),
        ("aud", json!("gate-api")),
        ("sub", json!("alice")),
        ("client_id", json!("web")),
        ("iat", json!(START)),
        ("exp", json!(START + 600)),
        ("auth_time", json!(START)),
        ("amr", json!(["pwd"])),
        ("roles", json!(["member"])),
    ] {
        assert_eq!(claims[claim], value, "{claim}");
    }
    gate.clock.advance(Duration::from_secs(631));
    assert_eq!(gate.me(&access).await, 401, "ten minutes and the leeway are over");
}

// R117
#[tokio::test]
async fn a_reuse_is_an_event_and_no_secret_is_in_the_log() {
    let gate = gate();
    let log = Log::capture();
    let (access, refresh) = gate.log_in("alice").await;
    gate.renew(&refresh).await.expect("tokens");
    assert!(gate.renew(&refresh).await.is_none());
    assert!(!log.lines_with(&["authn_token_reuse", "WARN", "renew"]).is_empty(), "{}", log.text());
    let signed_in = log.lines_with(&["authn_token_created", "signed in"]);
    let [line, ..] = &signed_in[..] else { panic!("{}", log.text()) };
    // The subject is told by a keyed hash, as digits that a search finds.
    let hash = line.split_once("subject=").and_then(|(_, rest)| rest.split_whitespace().next());
    let hash = hash.expect("a subject");
    assert!(hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
    assert!(!log.lines_with(&["authn_token_reuse", "came a second time"]).is_empty());
    assert_eq!(gate.try_log_in("alice", "incorrect horse battery").await, 422);
    assert!(!log.lines_with(&["authn_login_fail", "log_in"]).is_empty(), "{}", log.text());
    for secret in [&*access, &refresh, PHRASE, "incorrect horse", "$argon2id"] {
        assert!(!log.text().contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn signing_out_ends_the_sign_in_of_the_token() {
    let gate = gate();
    let (access, refresh) = gate.log_in("alice").await;
    let (elsewhere, _) = gate.log_in("alice").await;
    let log = Log::capture();
    gate.client.delete("/v1/session").token(&access).await.assert_status(204);
    assert!(!log.lines_with(&["authn_token_revoked", "a sign-in ended"]).is_empty());
    assert!(log.lines_with(&["signed in"]).is_empty(), "{}", log.text());
    assert_eq!([gate.me(&access).await, gate.me(&elsewhere).await], [401, 200]);
    assert!(gate.renew(&refresh).await.is_none());
}

#[tokio::test]
async fn a_reset_sets_a_password_once_and_ends_all_sign_ins() {
    let gate = gate();
    let (access, _) = gate.log_in("alice").await;
    gate.client.post("/v1/resets").json(json!({ "name": "alice" })).await.assert_status(202);
    let code = codes(&gate).await;
    let reset = |name: &str, code: &str| {
        let body = json!({ "name": name, "code": code, "password": "another horse battery" });
        gate.client.put("/v1/password").json(body)
    };
    reset("bob", &code).await.assert_status(422);
    reset("alice", "wrong").await.assert_status(422);
    reset("alice", &code).await.assert_status(204);
    reset("alice", &code).await.assert_status(422);
    assert_eq!(gate.me(&access).await, 401);
    gate.clock.advance(Duration::from_secs(60));
    assert_eq!(gate.try_log_in("alice", PHRASE).await, 422);
    assert_eq!(gate.try_log_in("alice", "another horse battery").await, 200);
}

// A code that is guessed at five times is none any more, for whoever has it.
#[tokio::test]
async fn a_code_is_tried_five_times() {
    let gate = gate();
    let reset = async |code: &str| {
        let body = json!({ "name": "alice", "code": code, "password": "another horse battery" });
        gate.client.put("/v1/password").json(body).await.status()
    };
    for (guesses, status) in [(4, 204), (5, 422)] {
        gate.clock.advance(Duration::from_secs(60));
        gate.client.post("/v1/resets").json(json!({ "name": "alice" })).await.assert_status(202);
        let code = codes(&gate).await;
        let letter = if code.starts_with('A') { "B" } else { "A" };
        let wrong = format!("{letter}{}", &code[1..]);
        for _ in 0..guesses {
            assert_eq!(reset(&wrong).await, 422);
        }
        assert_eq!(reset(&code).await, status, "after {guesses} guesses");
    }
}

// R38, R49: a ledger that takes a question and never answers keeps nobody waiting for ever, whatever asks it.
#[tokio::test]
async fn a_ledger_that_says_nothing_is_503_in_time() {
    let clock = Clock::manual(START);
    let gate = Gate::of(&clock, gone::silent(), Duration::from_millis(300));
    let forged = {
        let other = self::gate::gate();
        other.log_in("alice").await.0
    };
    let asked = async {
        gate.client.get("/.well-known/jwks.json").await.assert_status(503);
        // Of a key that only the ledger could know.
        assert_eq!(gate.me(&forged).await, 503);
        assert_eq!(gate.try_log_in("alice", PHRASE).await, 503);
    };
    tokio::time::timeout(Duration::from_secs(15), asked).await.expect("it is answered");
}

#[tokio::test]
async fn what_nobody_set_up_does_not_start() {
    assert_eq!(gate::unnamed(), ["SA131"]);
    assert_eq!(gate::misfit(), ["SA132"]);
    // R4
    assert_eq!(gate::mixed(), ["SA154"]);
    assert_eq!(gate::missing(), ["SA133", "SA133", "SA133"]);
}

// R38: who was not signed out can try again, and has no refresh token left that they do not know of.
#[tokio::test]
async fn a_signing_out_that_was_cut_off_can_be_done_again() {
    let clock = Clock::manual(START);
    let memory = Memory::new(clock.clone());
    let (ledger, halts) = Hooked::switched(memory, |asked| asked == Operation::Replace);
    let gate = Gate::of(&clock, ledger, Duration::from_secs(15));
    let (access, refresh) = gate.log_in("alice").await;
    halts.store(true, Ordering::SeqCst);
    gate.client.delete("/v1/session").token(&access).await.assert_status(503);
    halts.store(false, Ordering::SeqCst);
    gate.client.delete("/v1/session").token(&access).await.assert_status(204);
    assert_eq!(gate.me(&access).await, 401);
    assert!(gate.renew(&refresh).await.is_none());
}

// R110: a handler that reads signs nobody in or out, by whatever name it asks for that.
#[test]
fn what_signs_somebody_in_is_no_service() {
    assert_eq!(apart::codes(), ["SA011"; 4]);
}

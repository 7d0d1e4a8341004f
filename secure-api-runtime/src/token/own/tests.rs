//! The tests of the keys that an app signs with.

use serde_json::{Value, json};

use super::*;
use crate::{ledger::Memory, secret::AppSecret};

const START: i64 = 1_790_000_000;
const ISSUER: &str = "https://notes.example";

/// Returns the keys of one machine, which shares its ledger.
fn machine(memory: &Memory, clock: &Clock) -> OwnKeys {
    let own = Box::new(crate::ledger::Own(memory.clone()));
    let ledger = AppLedger::new(&AppSecret::of(&[7; 32]), Some(own), clock.clone());
    OwnKeys::new(ISSUER.to_owned(), ledger, clock.clone())
}

async fn ids(keys: &OwnKeys) -> Vec<String> {
    let set: Value = serde_json::from_slice(&keys.published().await.expect("a set")).expect("JSON");
    let keys = set["keys"].as_array().expect("a list").iter();
    keys.map(|key| key["kid"].as_str().expect("an id").to_owned()).collect()
}

/// Returns the id of the key that signs now.
async fn signs(keys: &OwnKeys) -> String {
    let token = keys.sign(&json!({})).await.expect("a token");
    crate::token::jwt::Jwt::parse(&token).expect("a token").key_id.expect("an id")
}

#[tokio::test]
async fn machines_of_one_ledger_sign_by_one_key() {
    let clock = Clock::manual(START);
    let memory = Memory::new(clock.clone());
    let (one, two) = (machine(&memory, &clock), machine(&memory, &clock));
    let (first, second) = tokio::join!(signs(&one), signs(&two));
    assert_eq!(first, second);
    assert_eq!(ids(&one).await, ids(&two).await);
    // Another ledger has another key, and so has another secret.
    let other = machine(&Memory::new(clock.clone()), &clock);
    assert_ne!(signs(&other).await, first);
}

#[tokio::test]
async fn a_key_is_published_before_it_signs_and_counts_after_it_has() {
    // Midnight.
    let clock = Clock::manual(day(START) * SIGNS);
    let memory = Memory::new(clock.clone());
    let keys = machine(&memory, &clock);
    let first = signs(&keys).await;
    assert_eq!(ids(&keys).await, std::slice::from_ref(&first));
    clock.advance(std::time::Duration::from_secs((SIGNS - AHEAD).unsigned_abs()));
    let both = ids(&keys).await;
    assert_eq!((both.len(), &both[0]), (2, &first));
    assert_eq!(signs(&keys).await, first, "it is published and does not sign yet");
    clock.advance(std::time::Duration::from_secs(AHEAD.unsigned_abs()));
    assert_eq!(signs(&keys).await, both[1]);
    assert_eq!(ids(&keys).await, both, "the key before it counts on");
    assert!(keys.find(&first).is_some());
    clock.advance(std::time::Duration::from_secs(AFTER.unsigned_abs()));
    assert!(keys.find(&first).is_none() && keys.find(&both[1]).is_some());
    assert_eq!(ids(&keys).await, [both[1].clone()]);
}

#[tokio::test]
async fn an_unknown_key_is_looked_for_once_in_a_while() {
    let clock = Clock::manual(START);
    let memory = Memory::new(clock.clone());
    let keys = machine(&memory, &clock);
    keys.look().await.expect("the ledger answers");
    let (at, answered) = keys.ring().asked.expect("it was asked");
    assert!(answered && at == START);
    clock.advance(std::time::Duration::from_secs(9));
    keys.look().await.expect("it has answered");
    assert_eq!(keys.ring().asked, Some((START, true)), "nobody asks again so soon");
    clock.advance(std::time::Duration::from_secs(1));
    keys.look().await.expect("the ledger answers");
    assert_eq!(keys.ring().asked, Some((START + 10, true)));
}

#[tokio::test]
async fn what_was_signed_before_the_ledger_forgot_stays_signed() {
    let clock = Clock::manual(START);
    let keys = machine(&Memory::new(clock.clone()), &clock);
    let first = signs(&keys).await;
    let name = keys.name(day(START));
    assert!(keys.ledger.remove(name).await.expect("an answer"));
    clock.advance(std::time::Duration::from_secs(FRESH.unsigned_abs()));
    let second = signs(&keys).await;
    assert_ne!(first, second);
    assert!(keys.find(&first).is_some() && keys.find(&second).is_some());
}

// R7: others read the set as RFC 7517 has it, and nothing of it is private.
#[tokio::test]
async fn the_set_tells_the_public_halves() {
    let clock = Clock::manual(START);
    let keys = machine(&Memory::new(clock.clone()), &clock);
    let set: Value = serde_json::from_slice(&keys.published().await.expect("a set")).expect("JSON");
    let key = set["keys"][0].as_object().expect("a key");
    let members: Vec<&str> = key.keys().map(String::as_str).collect();
    assert_eq!(members, ["kty", "crv", "x", "y", "kid", "alg", "use"]);
}

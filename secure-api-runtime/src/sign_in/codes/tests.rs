//! The tests of one-time codes.

use std::time::Duration;

use super::*;
use crate::{ledger::Memory, secret::AppSecret};

const START: i64 = 1_790_000_000;
const SIGN_IN: OneTimeCode = OneTimeCode::digits("sign-in");
const RESET: OneTimeCode = OneTimeCode::link("reset").lifetime(Duration::from_secs(1800));

fn machine(memory: &Memory, clock: &Clock) -> Codes {
    let own = Box::new(crate::ledger::Own(memory.clone()));
    let ledger = AppLedger::new(&AppSecret::of(&[7; 32]), Some(own), clock.clone());
    Codes::new(ledger, clock.clone())
}

fn codes() -> (Codes, Clock) {
    let clock = Clock::manual(START);
    (machine(&Memory::new(clock.clone()), &clock), clock)
}

async fn issued(codes: &Codes, code: &OneTimeCode, account: &str) -> Secret<String> {
    codes.issue(code, account).await.expect("an answer").expect("a code")
}

async fn right(codes: &Codes, code: &OneTimeCode, account: &str, sent: &Secret<String>) -> bool {
    codes.redeem(code, account, sent).await.expect("an answer")
}

/// Returns a code that is another.
fn wrong(code: &Secret<String>) -> Secret<String> {
    let text = code.expose();
    let digit = if text.starts_with('0') { "1" } else { "0" };
    Secret::new(format!("{digit}{}", &text[1..]))
}

#[tokio::test]
async fn a_code_is_right_once_for_its_account_and_its_purpose() {
    let (codes, _) = codes();
    let code = issued(&codes, &SIGN_IN, "alice").await;
    let text = code.expose();
    assert!(text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
    assert!(!right(&codes, &RESET, "alice", &code).await);
    assert!(!right(&codes, &SIGN_IN, "bob", &code).await);
    assert!(!right(&codes, &SIGN_IN, "alice", &wrong(&code)).await);
    assert!(right(&codes, &SIGN_IN, "alice", &code).await);
    assert!(!right(&codes, &SIGN_IN, "alice", &code).await, "it was used");
    let link = issued(&codes, &RESET, "alice").await;
    assert_eq!(link.expose().len(), 43);
    assert!(right(&codes, &RESET, "alice", &link).await);
}

#[tokio::test]
async fn it_is_tried_five_times_and_ends() {
    let (codes, clock) = codes();
    let code = issued(&codes, &SIGN_IN, "alice").await;
    for _ in 0..5 {
        assert!(!right(&codes, &SIGN_IN, "alice", &wrong(&code)).await);
    }
    assert!(!right(&codes, &SIGN_IN, "alice", &code).await, "the tries are used up");
    clock.advance(Duration::from_secs(60));
    let code = issued(&codes, &SIGN_IN, "alice").await;
    clock.advance(Duration::from_secs(300));
    assert!(!right(&codes, &SIGN_IN, "alice", &code).await, "five minutes are over");
}

#[tokio::test]
async fn another_one_comes_after_a_pause_and_takes_its_place() {
    let (codes, clock) = codes();
    let first = issued(&codes, &SIGN_IN, "alice").await;
    assert!(codes.issue(&SIGN_IN, "alice").await.expect("an answer").is_none());
    clock.advance(Duration::from_secs(60));
    let mut second = issued(&codes, &SIGN_IN, "alice").await;
    while second.expose() == first.expose() {
        clock.advance(Duration::from_secs(60));
        second = issued(&codes, &SIGN_IN, "alice").await;
    }
    assert!(!right(&codes, &SIGN_IN, "alice", &first).await);
    assert!(right(&codes, &SIGN_IN, "alice", &second).await);
}

#[tokio::test]
async fn a_hundred_failures_a_day_are_the_last() {
    let (codes, clock) = codes();
    for _ in 0..MOST_FAILED / 5 {
        let code = issued(&codes, &SIGN_IN, "alice").await;
        for _ in 0..5 {
            assert!(!right(&codes, &SIGN_IN, "alice", &wrong(&code)).await);
        }
        clock.advance(Duration::from_secs(60));
    }
    assert!(codes.issue(&SIGN_IN, "alice").await.expect("an answer").is_none());
    issued(&codes, &SIGN_IN, "bob").await;
    clock.advance(Duration::from_secs(DAY.unsigned_abs()));
    let code = issued(&codes, &SIGN_IN, "alice").await;
    assert!(right(&codes, &SIGN_IN, "alice", &code).await);
}

#[tokio::test]
async fn of_two_machines_one_redeems_it() {
    let clock = Clock::manual(START);
    let memory = Memory::new(clock.clone());
    let (one, two) = (machine(&memory, &clock), machine(&memory, &clock));
    let code = issued(&one, &SIGN_IN, "alice").await;
    let (first, second) =
        tokio::join!(right(&one, &SIGN_IN, "alice", &code), right(&two, &SIGN_IN, "alice", &code));
    assert!(first != second, "one of them is right");
}

//! The tests of one-time codes.

use std::time::Duration;

use super::*;
use crate::{
    ledger::{Charge, Charged, Ledger, Memory, Points},
    secret::AppSecret,
};

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

/// A ledger whose versions are numbers as databases have them: one beyond is an error.
struct Table(Memory);

impl Ledger for Table {
    async fn first(&self, name: Name, until: i64) -> Result<bool, LedgerError> {
        Ledger::first(&self.0, name, until).await
    }

    async fn revoke(&self, name: Name, before: i64, until: i64) -> Result<(), LedgerError> {
        Ledger::revoke(&self.0, name, before, until).await
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        Ledger::revoked(&self.0, names).await
    }

    async fn insert(&self, name: Name, record: Record) -> Result<bool, LedgerError> {
        Ledger::insert(&self.0, name, record).await
    }

    async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        Ledger::get(&self.0, name).await
    }

    async fn replace(&self, name: Name, version: u64, with: Record) -> Result<bool, LedgerError> {
        let version = i64::try_from(version).map_err(LedgerError::new)?;
        Ledger::replace(&self.0, name, version.unsigned_abs(), with).await
    }

    async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        Ledger::remove(&self.0, name).await
    }

    async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        Ledger::group(&self.0, group).await
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        Ledger::charge(&self.0, charges).await
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        Ledger::refund(&self.0, charges, at).await
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        Ledger::add(&self.0, points).await
    }
}

// R77: a ledger that is a table answers for who is not there as for who is.
#[tokio::test]
async fn an_account_that_is_not_there_is_like_one_that_is_in_a_database_too() {
    let clock = Clock::manual(START);
    let own = Box::new(crate::ledger::Own(Table(Memory::new(clock.clone()))));
    let ledger = AppLedger::new(&AppSecret::of(&[7; 32]), Some(own), clock.clone());
    let codes = Codes::new(ledger, clock);
    let code = issued(&codes, &SIGN_IN, "alice").await;
    assert!(!right(&codes, &SIGN_IN, "alice", &wrong(&code)).await);
    assert!(!right(&codes, &SIGN_IN, "nobody", &code).await);
    assert!(right(&codes, &SIGN_IN, "alice", &code).await);
}

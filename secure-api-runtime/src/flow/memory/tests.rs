//! The promises of the in-memory store of steps and keys.

use std::sync::Arc;

use futures_util::FutureExt;
use http::{StatusCode, header};

use super::{
    super::{After, OperationName, store::Sight},
    *,
};
use crate::rendered::Rendered;

const ALICE: Fingerprint = Fingerprint::made_up(1);
const BOB: Fingerprint = Fingerprint::made_up(2);
const STEP: Fingerprint = Fingerprint::made_up(3);
const KEY: Fingerprint = Fingerprint::made_up(4);
const CONTENT: Fingerprint = Fingerprint::made_up(5);

const AFTER: After = After {
    step: OperationName::new(1, "shop", "checkout", 1),
    within: Duration::from_secs(60),
    at_least: Duration::from_secs(2),
};

fn memory(clock: &Clock) -> Memory {
    let room = Room { entries: 40, bytes: 4000 };
    Memory::with_room(clock.clone(), room, room)
}

/// Returns the answer of the memory, which never waits.
#[track_caller]
fn now<T>(answer: Answering<'_, T>) -> Result<T, Undecided> {
    answer.now_or_never().expect("an answer at once")
}

fn record(memory: &Memory, step: Fingerprint, caller: Fingerprint) -> bool {
    now(memory.record(step, caller, AFTER.within)).is_ok()
}

#[track_caller]
fn take(memory: &Memory, step: Fingerprint) -> Option<Claim> {
    match now(memory.take(step, &AFTER)).expect("a decision") {
        Taken::Held(claim) => Some(claim),
        Taken::Refused(_) => None,
    }
}

fn begin(memory: &Memory, key: Fingerprint, caller: Fingerprint) -> Result<Begun, Undecided> {
    now(memory.begin(key, caller, CONTENT))
}

#[track_caller]
fn held(begun: Result<Begun, Undecided>) -> Claim {
    match begun {
        Ok(Begun::Held(claim)) => claim,
        other => panic!("{other:?}"),
    }
}

fn answer(bytes: usize) -> Kept {
    let mut rendered = Rendered::empty(StatusCode::CREATED);
    rendered
        .field(header::LOCATION, "x".repeat(bytes - "location".len()).parse().expect("a value"));
    Kept::Answer { rendered: Box::new(rendered), sight: Sight::default() }
}

// R68 R71: a step counts from its dwell time on, until its end.
#[test]
fn a_step_has_a_time() {
    let clock = Clock::manual(0);
    let memory = memory(&clock);
    assert_eq!(take(&memory, STEP), None, "it was not done");
    assert!(record(&memory, STEP, ALICE));
    for (seconds, counts) in [(0, false), (1, false), (1, true), (57, true), (1, false)] {
        clock.advance(Duration::from_secs(seconds));
        let claim = take(&memory, STEP);
        assert_eq!(claim.is_some(), counts, "at {}", clock.unix_seconds());
        if let Some(claim) = claim {
            memory.give_back(STEP, claim);
        }
    }
}

// R70: only one holds it, and once it was used it is gone.
#[test]
fn a_step_is_used_once() {
    let clock = Clock::manual(0);
    let memory = memory(&clock);
    record(&memory, STEP, ALICE);
    clock.advance(Duration::from_secs(3));
    let claim = take(&memory, STEP).expect("it was done");
    assert_eq!(take(&memory, STEP), None, "it is held");
    memory.give_back(STEP, claim);
    let claim = take(&memory, STEP).expect("it was given back");
    now(memory.consume(STEP, claim)).expect("a decision");
    assert_eq!(take(&memory, STEP), None, "it was used");
    record(&memory, STEP, ALICE);
    clock.advance(Duration::from_secs(3));
    // Whoever held an earlier one has no say over this one.
    now(memory.consume(STEP, claim)).expect("a decision");
    let again = take(&memory, STEP).expect("it was done again");
    memory.give_back(STEP, claim);
    assert_eq!(take(&memory, STEP), None, "held by {again}");
}

// R70
#[test]
fn of_many_at_once_one_holds_the_step() {
    let clock = Clock::manual(0);
    let memory = Arc::new(memory(&clock));
    record(&memory, STEP, ALICE);
    clock.advance(Duration::from_secs(3));
    let threads: Vec<_> = (0..16)
        .map(|_| {
            let memory = Arc::clone(&memory);
            std::thread::spawn(move || take(&memory, STEP).is_some())
        })
        .collect();
    let held = threads.into_iter().map(|thread| thread.join().expect("no panic"));
    assert_eq!(held.filter(|held| *held).count(), 1);
}

#[test]
fn nobody_takes_more_than_a_share_and_nothing_is_driven_out() {
    let clock = Clock::manual(0);
    let memory = memory(&clock);
    let step = |number: u64| Fingerprint::made_up(10000 + number);
    for number in 0..10 {
        assert!(record(&memory, step(number), ALICE));
    }
    assert_eq!(now(memory.has_room(ALICE)).ok(), Some(false));
    assert!(!record(&memory, step(10), ALICE), "a quarter of 40 is all that one caller has");
    assert!(record(&memory, step(9), ALICE), "what is there may be done again");
    for (place, caller) in [(20, BOB), (30, Fingerprint::made_up(7)), (40, Fingerprint::made_up(8))]
    {
        for number in place..place + 10 {
            assert!(record(&memory, step(number), caller));
        }
    }
    assert!(!record(&memory, step(50), Fingerprint::made_up(9)), "it is full");
    clock.advance(Duration::from_secs(3));
    assert!(take(&memory, step(0)).is_some());
    // What has ended makes room.
    clock.advance(Duration::from_secs(60));
    assert!(record(&memory, step(50), Fingerprint::made_up(9)));
    assert_eq!(lock(&memory.steps).entries.len(), 1);
    assert_eq!(lock(&memory.steps).callers.len(), 1);
}

// R116
#[test]
fn a_key_is_held_then_done_then_forgotten() {
    let clock = Clock::manual(0);
    let memory = memory(&clock);
    let claim = held(begin(&memory, KEY, ALICE));
    assert!(matches!(begin(&memory, KEY, ALICE), Ok(Begun::InFlight)));
    assert!(matches!(now(memory.begin(KEY, ALICE, Fingerprint::made_up(6))), Ok(Begun::Mismatch)));
    now(memory.finish(KEY, claim, answer(10))).expect("a decision");
    clock.advance(KEY_TTL - Duration::from_secs(1));
    let Ok(Begun::Done(Kept::Answer { rendered, .. })) = begin(&memory, KEY, ALICE) else {
        panic!("the answer is kept")
    };
    assert_eq!(rendered.size(), 10);
    assert!(matches!(now(memory.begin(KEY, ALICE, Fingerprint::made_up(6))), Ok(Begun::Mismatch)));
    clock.advance(Duration::from_secs(1));
    held(begin(&memory, KEY, ALICE));
}

// R116: what failed leaves the key free.
#[test]
fn a_key_that_is_let_go_of_is_new_again() {
    let memory = memory(&Clock::manual(0));
    let claim = held(begin(&memory, KEY, ALICE));
    memory.abandon(KEY, claim);
    let again = held(begin(&memory, KEY, ALICE));
    memory.abandon(KEY, claim);
    assert!(matches!(begin(&memory, KEY, ALICE), Ok(Begun::InFlight)), "held by {again}");
}

#[test]
fn without_room_for_an_answer_it_is_known_that_there_was_one() {
    let memory = memory(&Clock::manual(0));
    let (first, second) =
        (held(begin(&memory, KEY, ALICE)), held(begin(&memory, Fingerprint::made_up(45), ALICE)));
    now(memory.finish(KEY, first, answer(900))).expect("a decision");
    now(memory.finish(Fingerprint::made_up(45), second, answer(200))).expect("a decision");
    assert!(matches!(begin(&memory, KEY, ALICE), Ok(Begun::Done(Kept::Answer { .. }))));
    assert!(matches!(
        begin(&memory, Fingerprint::made_up(45), ALICE),
        Ok(Begun::Done(Kept::TooLarge))
    ));
    assert_eq!(lock(&memory.keys).used.bytes, 900);
}

// R116: without room for another key a request is refused rather than carried out without one.
#[test]
fn without_room_for_a_key_there_is_no_decision() {
    let clock = Clock::manual(0);
    let memory = memory(&clock);
    for number in 0..10 {
        held(begin(&memory, Fingerprint::made_up(20000 + number), ALICE));
    }
    assert!(begin(&memory, Fingerprint::made_up(20010), ALICE).is_err());
    held(begin(&memory, Fingerprint::made_up(20100), BOB));
    clock.advance(KEY_TTL);
    held(begin(&memory, Fingerprint::made_up(20010), ALICE));
}

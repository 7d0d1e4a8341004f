//! Tests of the ledger of one process.

use super::*;
use crate::{ledger::AppLedger, secret::AppSecret};

fn names() -> impl Fn(&str) -> Name {
    let secret = AppSecret::of(&[7; 32]);
    let ledger = AppLedger::new(&secret, None, Clock::manual(0));
    move |text| ledger.name(&[text])
}

fn record(value: &str, until: i64, group: Option<Name>) -> Record {
    Record { value: value.as_bytes().to_vec(), until, group, holder: None }
}

// R26
#[tokio::test]
async fn a_name_is_new_once_until_it_ends() {
    let (clock, name) = (Clock::manual(100), names());
    let memory = Memory::new(clock.clone());
    assert!(memory.first(name("a"), 110).await.expect("room"));
    assert!(!memory.first(name("a"), 200).await.expect("room"));
    assert!(memory.first(name("b"), 110).await.expect("room"));
    clock.advance(std::time::Duration::from_secs(9));
    assert!(!memory.clone().first(name("a"), 200).await.expect("room"), "clones share it");
    clock.advance(std::time::Duration::from_secs(1));
    assert!(memory.first(name("a"), 120).await.expect("room"));
}

// R26: of callers at once, one is the first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_one_is_the_first() {
    let (memory, name) = (Memory::new(Clock::manual(0)), names());
    let tried = (0..64).map(|_| {
        let (memory, name) = (memory.clone(), name("a"));
        tokio::spawn(async move { memory.first(name, 10).await.expect("room") })
    });
    let mut first = 0;
    for tried in tried.collect::<Vec<_>>() {
        first += usize::from(tried.await.expect("no panic"));
    }
    assert_eq!(first, 1);
}

#[tokio::test]
async fn without_room_nothing_is_forgotten() {
    let (clock, name) = (Clock::manual(100), names());
    let memory = Memory::new(clock.clone());
    for number in 0..seen::MOST {
        assert!(memory.first(name(&number.to_string()), 110).await.expect("room"));
    }
    assert!(memory.first(name("one more"), 110).await.is_err());
    assert!(!memory.first(name("0"), 110).await.expect("it is there"));
    clock.advance(std::time::Duration::from_secs(60));
    assert!(memory.first(name("one more"), 200).await.expect("room"), "what ended made room");
}

// R26: whoever has most is refused first, and who has little finds room.
#[test]
fn one_caller_leaves_room_for_others() {
    let (clock, name) = (Clock::manual(100), names());
    let memory = Memory::new(clock.clone());
    let mut number = 0;
    // Returns how many are taken of a caller, of so many.
    let mut taken = |holder: &str, most: usize, until: i64| {
        let holder = Some(name(holder));
        (0..most)
            .take_while(|_| {
                number += 1;
                memory.first_of(name(&number.to_string()), holder, until).is_ok()
            })
            .count()
    };
    let alone = taken("mallory", seen::MOST, 110);
    assert!((58_000..=59_000).contains(&alone), "{alone}");
    assert_eq!(taken("alice", 10_000, 110), 10_000);
    // With twenty more of them.
    for friend in 0..20 {
        taken(&format!("friend {friend}"), seen::MOST, 110);
    }
    assert_eq!(taken("mallory", 1, 110), 0);
    assert_eq!(taken("bob", 10_000, 110), 10_000);
    assert_eq!(taken("alice", 1_000, 110), 1_000);
    assert!(memory.first_of(name("nobody's"), None, 110).is_ok());
    // What has ended counts for nobody.
    clock.advance(std::time::Duration::from_secs(60));
    assert_eq!(taken("mallory", 50_000, 200), 50_000);
    assert_eq!(memory.0.seen.lock().expect("no panic").room.holders(), 1);
}

/// Returns how many records of so many bytes a holder adds, of so many, with the number of the first.
async fn added(memory: &Memory, holder: &str, (bytes, most): (usize, usize), until: i64) -> usize {
    let name = names();
    let holder_name = Some(name(holder));
    for number in 0..most {
        let value = vec![7; bytes];
        let record = Record { value, until, group: None, holder: holder_name };
        match memory.insert(name(&format!("{holder} {until} {number}")), record).await {
            Ok(true) => {}
            Ok(false) => panic!("{holder} {number} is there"),
            Err(_) => return number,
        }
    }
    most
}

// R116: a handful of callers that take what they get leave room for others, in records and in bytes.
#[tokio::test]
async fn holders_leave_room_for_others() {
    let clock = Clock::manual(100);
    let bounds = Bounds { nobodys: 3, held: 10_000, bytes: 4_000_000, share: 8 };
    for (bytes, alone, beside) in [(0, 1111, 342), (4000, 111, 34)] {
        let memory = Memory::bounded(clock.clone(), bounds);
        let until = clock.unix_seconds() + 10;
        let first = added(&memory, "mallory", (bytes, usize::MAX), until).await;
        assert!(first.abs_diff(alone) <= 1, "{first}");
        for friend in 1..=9 {
            added(&memory, &format!("friend {friend}"), (bytes, usize::MAX), until).await;
        }
        let newcomer = added(&memory, "alice", (bytes, usize::MAX), until).await;
        assert!(newcomer.abs_diff(beside) <= 3, "{newcomer}");
        // A handful more of them, and somebody who wants little is served all the same.
        for friend in 10..20 {
            added(&memory, &format!("friend {friend}"), (bytes, usize::MAX), until).await;
        }
        assert_eq!(added(&memory, "bob", (bytes, 5), until).await, 5);
        // What is nobody's has a room of its own.
        for (number, room) in [(0, true), (1, true), (2, true), (3, false)] {
            let name = names()(&format!("session {number}"));
            assert_eq!(memory.insert(name, record("", until, None)).await.is_ok(), room);
        }
        // What has ended counts for nobody.
        clock.advance(std::time::Duration::from_secs(60));
        assert!(
            added(&memory, "mallory", (bytes, usize::MAX), until + 60).await.abs_diff(alone) <= 1
        );
        let (held, bytes) = {
            let rooms = &memory.records().rooms;
            assert_eq!((rooms.held.holders(), rooms.bytes.holders()), (1, 1));
            (rooms.held.used(), rooms.bytes.used())
        };
        assert!(held.abs_diff(alone) <= 1 && bytes <= 4_000_000 / 9, "{held} {bytes}");
    }
}

// R116: the room of what is there is not wanted again, and a longer record needs room.
#[tokio::test]
async fn a_change_wants_room_for_more_bytes_only() {
    let (clock, name) = (Clock::manual(100), names());
    let bounds = Bounds { nobodys: 1, held: 100, bytes: 10_000, share: 1 };
    let memory = Memory::bounded(clock.clone(), bounds);
    let holder = Some(name("alice"));
    let record = |bytes| Record { value: vec![7; bytes], until: 110, group: None, holder };
    assert!(memory.insert(name("a"), record(9)).await.expect("room"));
    let change = async |bytes, until| {
        let kept = memory.get(name("a")).await.expect("an answer").expect("a record");
        memory.replace(name("a"), kept.version, Record { until, ..record(bytes) }).await
    };
    assert!(change(90, 110).await.expect("room"));
    let used = || memory.records().rooms.bytes.used();
    assert_eq!(used(), 96);
    assert!(change(4000, 110).await.expect("room"));
    assert_eq!(used(), 4000);
    assert!(change(7000, 110).await.is_err());
    assert_eq!(used(), 4000);
    assert!(change(2000, 110).await.expect("it is shorter"));
    assert_eq!(used(), 2000);
    // A change that ends it is its removal, at once.
    assert!(change(9, 100).await.expect("an answer"));
    assert_eq!((used(), memory.records().rooms.held.used()), (0, 0));
    assert!(memory.get(name("a")).await.expect("an answer").is_none());
    clock.advance(std::time::Duration::from_secs(1));
    assert!(memory.insert(name("a"), record(9)).await.expect("room"));
}

// R19
#[tokio::test]
async fn a_revocation_is_never_taken_back() {
    let (memory, name) = (Memory::new(Clock::manual(100)), names());
    assert!(!memory.any_revoked());
    memory.revoke(name("a"), 50, 200).await.expect("room");
    memory.revoke(name("a"), 40, 150).await.expect("room");
    assert!(memory.any_revoked());
    let revoked = memory.revoked(&[name("b"), name("a")]).await.expect("an answer");
    assert_eq!(revoked, [None, Some(50)]);
    memory.revoke(name("a"), 60, 150).await.expect("room");
    assert_eq!(memory.revoked(&[name("a")]).await.expect("an answer"), [Some(60)]);
}

#[tokio::test]
async fn a_record_is_changed_by_whom_it_was_read_last() {
    let (clock, name) = (Clock::manual(100), names());
    let memory = Memory::new(clock.clone());
    assert!(memory.insert(name("a"), record("one", 110, None)).await.expect("room"));
    assert!(!memory.insert(name("a"), record("two", 110, None)).await.expect("an answer"));
    let kept = memory.get(name("a")).await.expect("an answer").expect("a record");
    assert_eq!((&*kept.value, kept.until), (&b"one"[..], 110));
    let change = |value| memory.replace(name("a"), kept.version, record(value, 120, None));
    assert!(change("three").await.expect("an answer"));
    assert!(!change("four").await.expect("an answer"), "somebody else was faster");
    let kept = memory.get(name("a")).await.expect("an answer").expect("a record");
    assert_eq!((&*kept.value, kept.until), (&b"three"[..], 120));
    clock.advance(std::time::Duration::from_secs(20));
    assert!(memory.get(name("a")).await.expect("an answer").is_none(), "it has ended");
    assert!(!memory.remove(name("a")).await.expect("an answer"));
    assert!(memory.insert(name("a"), record("five", 130, None)).await.expect("room"));
    assert!(memory.remove(name("a")).await.expect("an answer"));
    assert!(memory.get(name("a")).await.expect("an answer").is_none());
}

#[tokio::test]
async fn a_group_has_its_records_and_no_other() {
    let (clock, name) = (Clock::manual(100), names());
    let memory = Memory::new(clock.clone());
    let (alice, bob) = (Some(name("alice")), Some(name("bob")));
    for (text, until, group) in [("a", 110, alice), ("b", 120, alice), ("c", 120, bob)] {
        assert!(memory.insert(name(text), record(text, until, group)).await.expect("room"));
    }
    let of = async |group: &str| {
        let mut all = memory.group(name(group)).await.expect("an answer");
        all.sort_by(|(_, one), (_, two)| one.value.cmp(&two.value));
        all.into_iter().map(|(_, kept)| kept.value).collect::<Vec<_>>()
    };
    assert_eq!(of("alice").await, [b"a", b"b"]);
    let kept = memory.get(name("a")).await.expect("an answer").expect("a record");
    assert!(memory.replace(name("a"), kept.version, record("d", 110, alice)).await.expect("room"));
    assert_eq!(of("alice").await, [b"b", b"d"], "a change leaves it in its group, once");
    clock.advance(std::time::Duration::from_secs(10));
    assert_eq!(of("alice").await, [b"b"]);
    assert!(memory.remove(name("b")).await.expect("an answer"));
    assert!(of("alice").await.is_empty());
    assert_eq!(of("bob").await, [b"c"]);
    clock.advance(std::time::Duration::from_secs(60));
    assert!(of("bob").await.is_empty());
    assert!(memory.records().groups.is_empty(), "an empty group takes no memory");
}

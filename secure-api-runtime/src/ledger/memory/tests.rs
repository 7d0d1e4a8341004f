//! Tests of the ledger of one process.

use super::*;
use crate::{ledger::AppLedger, secret::AppSecret};

fn names() -> impl Fn(&str) -> Name {
    let secret = AppSecret::of(&[7; 32]);
    let ledger = AppLedger::new(&secret, None, Clock::manual(0));
    move |text| ledger.name(&[text])
}

fn record(value: &str, until: i64, group: Option<Name>) -> Record {
    Record { value: value.as_bytes().to_vec(), until, group }
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
    assert_eq!(memory.0.seen.lock().expect("no panic").callers(), 1);
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

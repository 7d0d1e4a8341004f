//! Names that were seen, revocations, records: the things that a ledger keeps. The same is asked of that of one process and of a Redis.

use std::time::Duration;

use futures_util::future::join_all;
use secure_api::ledger::{Ledger, Record};

use super::pair::{Pair, in_seconds, name, over_both};

fn record(value: &[u8]) -> Record {
    Record { value: value.to_vec(), until: in_seconds(60), group: None, holder: None }
}

// R19
#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_see_a_name_one_is_the_first() {
    over_both!(one_is_first);
}

async fn one_is_first<L: Ledger + Clone>(pair: Pair<L>) {
    for _ in 0..20 {
        let (seen, until) = (name(), in_seconds(60));
        let asked = pair.each(16).map(|ledger| {
            tokio::spawn(async move { ledger.first(seen, until).await.expect("an answer") })
        });
        let first = join_all(asked).await.into_iter().filter(|first| matches!(first, Ok(true)));
        assert_eq!(first.count(), 1);
    }
    let (seen, until) = (name(), in_seconds(1));
    assert!(pair.one.first(seen, until).await.expect("an answer"));
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert!(pair.two.first(seen, in_seconds(1)).await.expect("an answer"), "it has ended");
}

// R19
#[tokio::test]
async fn the_later_times_of_revocations_count() {
    over_both!(later_times);
}

async fn later_times<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    let (token, subject, nobody) = (name(), name(), name());
    one.revoke(token, i64::MAX, in_seconds(60)).await.expect("an answer");
    one.revoke(token, 5, i64::MAX).await.expect("an answer");
    let long_ago = in_seconds(-1_000);
    let asked = [(long_ago + 1, 60), (long_ago, 30), (long_ago + 2, 20)];
    let revoked = asked.map(|(before, seconds)| {
        let (one, two) = (one.clone(), two.clone());
        async move {
            one.revoke(subject, before, in_seconds(seconds)).await.expect("an answer");
            two.revoke(subject, before, in_seconds(seconds)).await.expect("an answer");
        }
    });
    join_all(revoked).await;
    let told = two.revoked(&[nobody, token, subject, nobody]).await.expect("an answer");
    assert_eq!(told, [None, Some(i64::MAX), Some(long_ago + 2), None]);
    assert_eq!(two.revoked(&[]).await.expect("an answer"), []);
    // An end that lies behind, as of a machine whose clock is, lets nobody in at once.
    one.revoke(nobody, 7, in_seconds(-20)).await.expect("an answer");
    assert_eq!(two.revoked(&[nobody]).await.expect("an answer"), [Some(7)]);
}

#[tokio::test]
async fn a_record_is_there_until_it_ends_or_is_removed() {
    over_both!(records);
}

async fn records<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    let (key, until) = (name(), in_seconds(60));
    assert!(one.get(key).await.expect("an answer").is_none());
    assert!(one.insert(key, record(b"one")).await.expect("an answer"));
    assert!(!two.insert(key, record(b"two")).await.expect("an answer"), "there is one");
    let kept = two.get(key).await.expect("an answer").expect("a record");
    assert_eq!(kept.value, b"one");
    assert!((until..until + 5).contains(&kept.until));
    assert!(kept.version < i64::MAX as u64);
    assert!(two.replace(key, kept.version, record(b"two")).await.expect("an answer"));
    assert!(!one.replace(key, kept.version, record(b"three")).await.expect("an answer"));
    assert!(!one.replace(name(), kept.version, record(b"three")).await.expect("an answer"));
    let kept = one.get(key).await.expect("an answer").expect("a record");
    assert_eq!(kept.value, b"two");
    assert!(one.remove(key).await.expect("an answer"));
    assert!(!two.remove(key).await.expect("an answer"));
    assert!(!two.replace(key, kept.version, record(b"four")).await.expect("an answer"));
    // What has no end has it back.
    let endless = Record { until: i64::MAX, ..record(b"") };
    assert!(one.insert(key, endless).await.expect("an answer"));
    let kept = two.get(key).await.expect("an answer").expect("a record");
    assert_eq!((kept.until, &*kept.value), (i64::MAX, &b""[..]));
    let short = Record { until: in_seconds(1), ..record(b"short") };
    assert!(two.replace(key, kept.version, short).await.expect("an answer"));
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert!(one.get(key).await.expect("an answer").is_none(), "it has ended");
    assert!(one.insert(key, record(b"again")).await.expect("an answer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_parallel_changes_of_a_record_none_is_lost() {
    over_both!(none_is_lost);
}

async fn none_is_lost<L: Ledger + Clone>(pair: Pair<L>) {
    const EACH: u64 = 25;

    let key = name();
    let number = |value: &[u8]| u64::from_be_bytes(value.try_into().expect("a number"));
    assert!(pair.one.insert(key, record(&0_u64.to_be_bytes())).await.expect("an answer"));
    let counted = pair.each(8).map(|ledger| {
        tokio::spawn(async move {
            let mut done = 0;
            while done < EACH {
                let kept = ledger.get(key).await.expect("an answer").expect("a record");
                let next = record(&(number(&kept.value) + 1).to_be_bytes());
                done +=
                    u64::from(ledger.replace(key, kept.version, next).await.expect("an answer"));
            }
        })
    });
    for counted in join_all(counted).await {
        counted.expect("no panic");
    }
    let kept = pair.one.get(key).await.expect("an answer").expect("a record");
    assert_eq!(number(&kept.value), 8 * EACH);
}

#[tokio::test]
async fn a_group_lists_its_records_and_no_others() {
    over_both!(groups);
}

async fn groups<L: Ledger + Clone>(Pair { one, two, .. }: Pair<L>) {
    let (group, other) = (name(), name());
    let of = |group, value: &[u8]| Record { group: Some(group), ..record(value) };
    let listed = async |ledger: &L, group| {
        let listed = ledger.group(group).await.expect("an answer");
        let mut listed: Vec<_> =
            listed.into_iter().map(|(name, kept)| (name.to_string(), kept.value)).collect();
        listed.sort();
        listed
    };
    let keys = [name(), name(), name(), name()];
    for (key, value) in keys.iter().zip([b"a", b"b", b"c", b"d"]) {
        assert!(one.insert(*key, of(group, value)).await.expect("an answer"));
    }
    assert!(!two.insert(keys[0], of(other, b"e")).await.expect("an answer"));
    assert!(one.insert(name(), record(b"of nobody")).await.expect("an answer"));
    assert_eq!(listed(&two, group).await.len(), 4);
    assert_eq!(listed(&two, other).await, []);

    assert!(two.remove(keys[0]).await.expect("an answer"));
    let version = async |key| one.get(key).await.expect("an answer").expect("a record").version;
    let moved = of(other, b"moved");
    assert!(two.replace(keys[1], version(keys[1]).await, moved).await.expect("an answer"));
    let ending = Record { until: in_seconds(1), ..of(group, b"ending") };
    assert!(two.replace(keys[2], version(keys[2]).await, ending).await.expect("an answer"));
    assert_eq!(listed(&one, group).await.len(), 2);
    assert_eq!(listed(&one, other).await, [(keys[1].to_string(), b"moved".to_vec())]);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(listed(&one, group).await, [(keys[3].to_string(), b"d".to_vec())]);
}

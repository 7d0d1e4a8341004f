//! A Redis as the ledger: it is another process, which may be gone, forget, or know nobody.

mod gone;
mod start;

use std::{process::Command, time::Duration};

use futures_util::future::join_all;
use reqwest::StatusCode;
use secure_api::{
    clock::Clock,
    ledger::{Bound, Charge, Ledger, Points, Record, Redis},
};

use super::{
    machine,
    pair::{charge, in_seconds, name, window},
};
use crate::support::{RedisServer, redis::PATIENT};

/// Does each thing that a ledger does once.
async fn all_of_it(ledger: &impl Ledger) {
    let (group, until) = (name(), in_seconds(60));
    assert!(ledger.first(name(), until).await.expect("an answer"));
    let revoked = [name(), name()];
    ledger.revoke(revoked[0], 7, until).await.expect("an answer");
    assert_eq!(ledger.revoked(&revoked).await.expect("an answer"), [Some(7), None]);
    let record =
        |value: &[u8]| Record { value: value.to_vec(), until, group: Some(group), holder: None };
    let key = name();
    assert!(ledger.insert(key, record(b"one")).await.expect("an answer"));
    let version = ledger.get(key).await.expect("an answer").expect("a record").version;
    assert!(ledger.replace(key, version, record(b"two")).await.expect("an answer"));
    assert_eq!(ledger.group(group).await.expect("an answer").len(), 1);
    let hour = Duration::from_secs(3600);
    let charges = [
        charge(window(16, 3600)),
        charge(Bound::Spaced { interval: hour, burst: 3 }),
        charge(Bound::AtOnce { count: 3, lease: hour }),
    ];
    let charged = ledger.charge(&charges).await.expect("an answer");
    assert!(charged.admitted);
    ledger.refund(&charges[2..], charged.at).await.expect("an answer");
    assert!(ledger.charge(&charges).await.expect("an answer").admitted);
    let scores =
        ["a", "b"].map(|_| Points { name: name(), slot: name(), points: 1.0, half_life: hour });
    assert_eq!(ledger.add(&scores).await.expect("an answer"), [1.0, 1.0]);
    let removed = name();
    assert!(ledger.insert(removed, record(b"three")).await.expect("an answer"));
    assert!(ledger.remove(removed).await.expect("an answer"));
}

#[tokio::test]
async fn one_that_forgot_its_scripts_is_told_them_again() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    all_of_it(&ledger).await;
    assert_eq!(server.told(&["SCRIPT", "FLUSH"]), "OK");
    all_of_it(&ledger).await;
    // Each of the nine came as a text after each time, for three slots at once those of charges, for two those of scores.
    let calls = |command: &str| {
        let (stats, begin) =
            (server.told(&["INFO", "commandstats"]), format!("cmdstat_{command}:calls="));
        let line = stats.lines().find_map(|line| line.strip_prefix(&begin)).expect("a line");
        let calls = line.split(',').next().map(str::parse::<u32>);
        calls.and_then(Result::ok).expect("a number")
    };
    assert_eq!(calls("eval"), 2 * (9 + 2 + 1));
    assert!(calls("evalsha") > calls("eval"));
}

#[tokio::test]
async fn nothing_lives_for_ever() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    all_of_it(&ledger).await;
    let endless = Record { value: Vec::new(), until: i64::MAX, group: Some(name()), holder: None };
    assert!(ledger.insert(name(), endless).await.expect("an answer"));
    ledger.revoke(name(), i64::MAX, i64::MAX).await.expect("an answer");
    let keys = server.told(&["KEYS", "*"]);
    assert!(keys.lines().count() > 10, "{keys}");
    for key in keys.lines() {
        assert!(key.starts_with("sa:{"), "{key}");
        let ends: i64 = server.told(&["PTTL", key]).parse().expect("a number");
        assert!(ends > 0, "{key} ends in {ends}");
    }
}

/// Asks one that is a cluster of its own: there a script that names keys of two slots is refused.
#[tokio::test]
async fn the_keys_of_a_script_are_in_one_slot() {
    let Some(server) = RedisServer::with(&["--cluster-enabled", "yes"]) else { return };
    assert_eq!(server.told(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]), "OK");
    for _ in 0..500 {
        if server.told(&["CLUSTER", "INFO"]).starts_with("cluster_state:ok") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    all_of_it(&server.ledger()).await;
    // The cells of one slot are one script.
    let slot = name();
    let charges = [charge(window(5, 60)), charge(window(5, 60))];
    let charges = charges.map(|charge| Charge { slot, ..charge });
    assert!(server.ledger().charge(&charges).await.expect("an answer").admitted);
}

// R60
#[tokio::test]
async fn what_is_given_back_late_frees_nobody_else() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    let interval = Duration::from_millis(200);
    let limit = [charge(Bound::Spaced { interval, burst: 3 })];
    let first = ledger.charge(&limit).await.expect("an answer");
    tokio::time::sleep(interval * 2).await;
    // All had come back, and this one takes anew.
    let second = ledger.charge(&limit).await.expect("an answer");
    assert_eq!(second.left[0].remaining, 2);
    ledger.refund(&limit, first.at).await.expect("an answer");
    let third = ledger.charge(&limit).await.expect("an answer");
    assert!(third.left[0].remaining <= 1 || third.at - second.at >= 200_000, "{third:?}");
}

#[tokio::test]
async fn a_holder_has_a_share_and_no_more() {
    let Some(server) = RedisServer::start() else { return };
    let ledgers = [server.ledger().share(20, 100_000), server.ledger().share(20, 100_000)];
    let holder = name();
    let record = |seconds, bytes| Record {
        value: vec![7; bytes],
        until: in_seconds(seconds),
        group: None,
        holder: Some(holder),
    };
    let first = name();
    assert!(ledgers[0].insert(first, record(60, 10)).await.expect("an answer"));
    let inserted = (0..60).map(|turn| ledgers[turn % 2].insert(name(), record(60, 10)));
    let inserted = join_all(inserted).await;
    assert_eq!(inserted.iter().filter(|inserted| matches!(inserted, Ok(true))).count(), 19);
    assert_eq!(inserted.iter().filter(|inserted| inserted.is_err()).count(), 41);
    let other = Record { holder: Some(name()), ..record(60, 10) };
    assert!(ledgers[1].insert(name(), other).await.expect("an answer"), "others have their own");
    // Each one can still be changed, and what was removed makes room for one more.
    let [one, two] = &ledgers;
    for _ in 0..30 {
        let version = one.get(first).await.expect("an answer").expect("a record").version;
        assert!(two.replace(first, version, record(60, 20)).await.expect("an answer"));
    }
    assert!(one.remove(first).await.expect("an answer"));
    assert!(two.insert(first, record(1, 10)).await.expect("an answer"));
    assert!(one.insert(name(), record(60, 10)).await.is_err());
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert!(one.insert(first, record(60, 10)).await.expect("an answer"), "one has ended");
    assert!(two.remove(first).await.expect("an answer"));
    let last = name();
    assert!(one.insert(last, record(60, 10)).await.expect("an answer"));
    assert!(two.remove(last).await.expect("an answer"));
    assert!(one.insert(first, record(60, 10)).await.expect("an answer"));
    assert!(one.insert(name(), record(60, 10)).await.is_err());
}

#[tokio::test]
async fn a_holder_has_a_share_of_bytes_and_no_more() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = server.ledger().share(1_000, 100_000);
    let holder = name();
    let record = |seconds, bytes| Record {
        value: vec![7; bytes],
        until: in_seconds(seconds),
        group: None,
        holder: Some(holder),
    };
    let large = [name(), name(), name()];
    for key in large {
        assert!(ledger.insert(key, record(60, 30_000)).await.expect("an answer"));
    }
    assert!(ledger.insert(name(), record(60, 30_000)).await.is_err());
    // What is changed is there once more while it is.
    let version = ledger.get(large[0]).await.expect("an answer").expect("a record").version;
    assert!(ledger.replace(large[0], version, record(60, 30_000)).await.is_err());
    assert!(ledger.remove(large[1]).await.expect("an answer"));
    assert!(ledger.replace(large[0], version, record(3, 20)).await.expect("an answer"));
    let small = join_all((0..200).map(|_| ledger.insert(name(), record(60, 20)))).await;
    let inserted = small.iter().filter(|inserted| matches!(inserted, Ok(true))).count();
    // Each is charged with what it takes beside its content, too.
    assert_eq!(inserted, (100_000 - 30_400 - 420) / 420);
    assert!(ledger.insert(name(), record(60, 20)).await.is_err());
    tokio::time::sleep(Duration::from_millis(3_100)).await;
    assert!(ledger.insert(name(), record(60, 20)).await.expect("an answer"), "one has ended");
    assert!(ledger.insert(name(), record(60, 20)).await.is_err());
}

/// The variable that tells a process of this binary where the Redis of its parent is, and what it charges.
const OF_CHILD: &str = "SECURE_API_TEST_CHARGES";

/// Charges, in a process of its own, where its parent asks for it.
#[tokio::test]
async fn charges_of_another_process() {
    let Ok(asked) = std::env::var(OF_CHILD) else { return };
    let (url, cell) = asked.split_once(' ').expect("a URL and a name");
    let limit = limit_of(cell);
    let ledger = Redis::connect(url).deadline(PATIENT);
    let mut passed = 0;
    for _ in 0..200 {
        passed += u32::from(ledger.charge(&[limit]).await.expect("an answer").admitted);
    }
    println!("passed {passed}.");
}

fn limit_of(cell: &str) -> Charge {
    let cell = cell.parse::<uuid::Uuid>().expect("a name").into_bytes().into();
    Charge { limit: cell, name: cell, slot: cell, bound: window(150, 3600), weight: 1 }
}

// R60
#[tokio::test]
async fn of_several_processes_as_many_pass_as_may() {
    let Some(server) = RedisServer::start() else { return };
    let cell = uuid::Uuid::new_v4().to_string();
    let this = std::env::current_exe().expect("this binary");
    let child = || {
        Command::new(&this)
            .args(["--exact", "ledger::redis::charges_of_another_process", "--nocapture"])
            .env(OF_CHILD, format!("{} {cell}", server.url()))
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("it starts")
    };
    let children = [child(), child(), child()];
    let passed = children.map(|child| {
        let output = child.wait_with_output().expect("it ends");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let passed = text.split("passed ").nth(1).and_then(|rest| rest.split('.').next());
        passed.and_then(|passed| passed.parse::<u32>().ok()).unwrap_or_else(|| panic!("{text}"))
    });
    assert_eq!(passed.iter().sum::<u32>(), 150, "{passed:?}");
    assert!(!server.ledger().charge(&[limit_of(&cell)]).await.expect("an answer").admitted);
}

// R19
#[tokio::test]
async fn what_one_machine_revokes_the_others_refuse() {
    let Some(redis) = RedisServer::start() else { return };
    let clock = Clock::manual(Clock::system().unix_seconds());
    let (one, _) = machine(&clock, redis.ledger()).await;
    let (two, revocations) = machine(&clock, redis.ledger()).await;
    let (alice, bob) = (one.token("alice", &["customer"]), one.token("bob", &["customer"]));
    for server in [&one, &two] {
        for token in [&alice, &bob] {
            assert_eq!(server.get_as(token, "/v2/orders").await.status, StatusCode::OK);
        }
    }
    let ended = one.send(reqwest::Method::DELETE, Some(&alice), "/v2/session", String::new()).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    let (issuer, now) = ("https://login.depot.example", clock.unix_seconds());
    revocations.revoke_subject(issuer, "bob", now + 1).await.expect("the ledger answers");
    for server in [&one, &two] {
        server.get_as(&alice, "/v2/orders").await.is_problem(401);
        server.get_as(&bob, "/v2/orders").await.is_problem(401);
    }
}

//! A Redis that is killed, silent, or somebody else: nobody waits long, and nothing is lost.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use secure_api::ledger::{Bound, Ledger, Record, Redis};

use super::{
    super::pair::{charge, in_seconds, name, window},
    all_of_it,
};
use crate::support::{Log, RedisServer};

/// Longer than the longest pause between two attempts to connect, by what is added to it.
const BACK: Duration = Duration::from_secs(4);

// R38
#[tokio::test]
async fn one_that_was_killed_and_is_back_has_lost_nothing() {
    let Some(mut server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    let (seen, revoked, key, until) = (name(), name(), name(), in_seconds(600));
    let limit = charge(window(3, 3600));
    for remaining in [2, 1] {
        let charged = ledger.charge(&[limit]).await.expect("an answer");
        assert_eq!(charged.left[0].remaining, remaining);
    }
    assert!(ledger.first(seen, until).await.expect("an answer"));
    ledger.revoke(revoked, 7, until).await.expect("an answer");
    let record = Record { value: b"kept".to_vec(), until, group: None, holder: None };
    assert!(ledger.insert(key, record).await.expect("an answer"));

    server.kill();
    // The first may find a line that is just being made again; then everybody is told at once.
    let _ = ledger.charge(&[limit]).await;
    let begun = Instant::now();
    for _ in 0..100 {
        assert!(ledger.charge(&[limit]).await.is_err());
        assert!(ledger.revoked(&[revoked]).await.is_err());
        assert!(ledger.first(seen, until).await.is_err());
    }
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());

    server.run();
    let begun = Instant::now();
    while ledger.get(key).await.is_err() {
        assert!(begun.elapsed() < BACK, "it is not asked again");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(ledger.get(key).await.expect("an answer").expect("a record").value, b"kept");
    assert!(!ledger.first(seen, until).await.expect("an answer"));
    assert_eq!(ledger.revoked(&[revoked]).await.expect("an answer"), [Some(7)]);
    let last = ledger.charge(&[limit]).await.expect("an answer");
    assert!(last.admitted && last.left[0].remaining == 0);
    assert!(!ledger.charge(&[limit]).await.expect("an answer").admitted);
}

#[tokio::test]
async fn one_that_is_silent_is_waited_for_a_few_times_and_then_not() {
    let Some(server) = RedisServer::start() else { return };
    let deadline = Duration::from_millis(50);
    let ledger = Redis::connect(server.url()).deadline(deadline);
    let limit = [charge(window(1000, 3600))];
    // A machine under load may be late.
    while ledger.charge(&limit).await.is_err() {}
    server.pause();
    let mut took = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        assert!(ledger.charge(&limit).await.is_err());
        took.push(begun.elapsed());
    }
    assert!(took[0] >= deadline, "{took:?}");
    let waited = took.iter().filter(|took| **took >= deadline).count();
    assert!(waited <= 6, "{took:?}");
    server.resume();
    let begun = Instant::now();
    while ledger.charge(&limit).await.is_err() {
        assert!(begun.elapsed() < BACK, "it is not asked again");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

// R65: a place that nobody heard of is not held until its lease ends.
#[tokio::test]
async fn a_place_whose_answer_came_too_late_is_given_back() {
    let Some(server) = RedisServer::start() else { return };
    let deadline = Duration::from_millis(300);
    let ledger = Redis::connect(server.url()).deadline(deadline);
    let bound = Bound::AtOnce { count: 2, lease: Duration::from_secs(3600) };
    let place = [charge(bound)];
    // So that the Redis knows the script, and carries out what it is sent.
    while ledger.charge(&[charge(bound)]).await.is_err() {}
    server.pause();
    // Of one the deadline passes, the other hangs up.
    assert!(ledger.charge(&place).await.is_err());
    assert!(tokio::time::timeout(deadline / 3, ledger.charge(&place)).await.is_err());
    server.resume();
    let (mut held, begun) = (0, Instant::now());
    while held < 2 {
        assert!(begun.elapsed() < BACK, "{held} of two places are free");
        held += usize::from(ledger.charge(&place).await.is_ok_and(|charged| charged.admitted));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(!ledger.charge(&place).await.expect("an answer").admitted);
}

#[tokio::test]
async fn while_it_is_gone_one_attempt_is_made_at_a_time() {
    let Some(mut server) = RedisServer::start() else { return };
    let log = Log::capture();
    let ledger = server.ledger();
    all_of_it(&ledger).await;
    server.kill();
    // In its place somebody who takes each connection, and closes it.
    std::fs::remove_file(server.socket()).expect("a socket");
    let stranger = tokio::net::UnixListener::bind(server.socket()).expect("a socket");
    let (mut attempts, begun) = (Vec::new(), Instant::now());
    while attempts.len() < 4 && begun.elapsed() < BACK {
        let asked = join_all((0..20).map(|_| ledger.first(name(), in_seconds(9))));
        let accepted = tokio::time::timeout(Duration::from_millis(5), stranger.accept());
        let (answers, accepted) = tokio::join!(asked, accepted);
        assert!(answers.iter().all(Result::is_err));
        attempts.extend(accepted.is_ok().then(Instant::now));
    }
    // After 50, 100, 200 milliseconds, each by a half shorter or longer.
    let [first, .., last] = attempts[..] else { panic!("{attempts:?}") };
    assert!(attempts.len() == 4 && last - first > Duration::from_millis(100), "{attempts:?}");
    drop(stranger);
    std::fs::remove_file(server.socket()).expect("a socket");
    server.run();
    let begun = Instant::now();
    while ledger.first(name(), in_seconds(9)).await.is_err() {
        assert!(begun.elapsed() < BACK, "it is not asked again");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(log.lines_with(&["WARN", "cannot be reached"]).len(), 1, "{}", log.text());
    assert_eq!(log.lines_with(&["INFO", "answers again"]).len(), 1, "{}", log.text());
}

#[tokio::test]
async fn a_line_that_was_cut_is_made_again() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    for _ in 0..5 {
        all_of_it(&ledger).await;
        assert_ne!(server.told(&["CLIENT", "KILL", "TYPE", "normal"]), "0");
        // The end of the line is seen when it comes, and not by whoever asks next.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_connection_that_does_not_come_is_waited_for_once() {
    // The kernel takes each connection, and nobody says anything.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = silent.local_addr().expect("an address");
    let deadline = Duration::from_millis(100);
    let ledger = Redis::connect(format!("redis://{address}")).deadline(deadline);
    let begun = Instant::now();
    let asked = join_all((0..50).map(|_| ledger.first(name(), in_seconds(9)))).await;
    assert!(asked.iter().all(Result::is_err));
    assert!((deadline..deadline * 8).contains(&begun.elapsed()), "{:?}", begun.elapsed());
    let begun = Instant::now();
    for _ in 0..50 {
        assert!(ledger.first(name(), in_seconds(9)).await.is_err());
    }
    assert!(begun.elapsed() < deadline, "{:?}", begun.elapsed());
}

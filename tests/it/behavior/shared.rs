//! Scores that two machines share, over sockets, by a clock that stands until it is moved.

use std::{sync::atomic::Ordering, time::Duration};

use secure_api::{
    clock::Clock,
    ledger::{Ledger, Memory},
};
use tokio::time::{Instant, sleep};

use super::{ABNORMAL, scan};
use crate::support::{
    Answer, Counted, Log, RedisServer, TestServer,
    server::{START, app, stocked},
};

/// The time in which a machine has heard of what another one knows, with some more where others build beside the test.
const HEARD: Duration = Duration::from_secs(2);

/// A path that is there.
const THERE: &str = "/v2/parts/BOLT";

async fn machines<L: Ledger + Clone>(clock: &Clock, ledger: &L) -> [TestServer; 2] {
    let machine = async || {
        let db = stocked();
        let secret = secure_api::testing::secret!([7; 32]);
        let app = app(&db, clock).secret(secret).ledger(ledger.clone());
        TestServer::run(app.build().expect("an app that starts"), db, clock.clone()).await
    };
    [machine().await, machine().await]
}

/// Asks a machine for what is there until it refuses, and returns that answer. Not often, so that the limit is none of it.
async fn refused(server: &TestServer, within: Duration) -> Option<Answer> {
    let until = Instant::now() + within;
    while Instant::now() < until {
        let answer = server.get(THERE).await;
        if answer.status == 429 {
            return Some(answer);
        }
        assert_eq!(answer.status, 200);
        sleep(Duration::from_millis(50)).await;
    }
    None
}

/// Holds that a machine knows of a caller what another one has seen, and only with one ledger.
async fn a_caller_has_one_score(ledger: impl Ledger + Clone) {
    let log = Log::capture();
    let clock = Clock::manual(START);
    let [one, other] = machines(&clock, &ledger).await;
    scan(&one, 200).await.expect("a scanner is refused");
    // What was counted last is told in a moment.
    sleep(HEARD / 2).await;
    let answer = other.get(THERE).await;
    assert_eq!(answer.status, 200, "nothing is asked in front of the first request");
    let answer = refused(&other, HEARD).await.expect("the other machine has heard of it");
    assert_eq!(answer.is_problem(429)["type"], ABNORMAL);
    let lines = log.lines_with(&["excess_rate_limit_exceeded", "by a score of", "missing ("]);
    assert!(lines.len() >= 2, "{}", log.text());
}

// R67
#[tokio::test]
async fn in_a_memory_a_caller_has_one_score() {
    a_caller_has_one_score(Memory::new(Clock::manual(START))).await;
}

// R67
#[tokio::test]
async fn in_a_redis_a_caller_has_one_score() {
    if let Some(server) = RedisServer::start() {
        a_caller_has_one_score(server.ledger()).await;
    }
}

// R67
#[tokio::test]
async fn what_two_machines_count_is_one_count() {
    let clock = Clock::manual(START);
    let ledger = Counted::new(&clock);
    let [one, other] = machines(&clock, &ledger.ledger).await;
    // Each sees less than a machine refuses, with time to tell it.
    let mut seen = [0, 0];
    'all: for round in 0..40 {
        for (server, seen) in [&one, &other].into_iter().zip(&mut seen) {
            let port = server.address.port();
            for path in 0..4 {
                clock.advance(Duration::from_millis(200));
                match server.get(&format!("/v2/{round}-{path}-{port}.zip")).await.status {
                    404 => *seen += 1,
                    429 => break 'all,
                    status => panic!("{status}"),
                }
            }
            sleep(Duration::from_millis(300)).await;
        }
    }
    let alone = TestServer::start().await;
    let (tried, _) = scan(&alone, 200).await.expect("a scanner is refused");
    let [one, other] = seen;
    assert!(one.max(other) * 3 < tried * 2, "{one} and {other} together, {tried} alone");
}

// R67
#[tokio::test]
async fn who_gives_no_signal_is_asked_about_once_and_told_of_never() {
    let clock = Clock::manual(START);
    let ledger = Counted::new(&clock);
    let [one, _] = machines(&clock, &ledger.ledger).await;
    for _ in 0..20 {
        one.get(THERE).await.has_status(200);
    }
    sleep(HEARD).await;
    let (asked, added) = ledger.scores();
    assert_eq!((asked, added), (11, 0), "a score of each signal, once");
    clock.advance(Duration::from_secs(301));
    one.get(THERE).await.has_status(200);
    sleep(HEARD).await;
    assert_eq!(ledger.scores(), (22, 0));
}

// R67 R63
#[tokio::test]
async fn without_an_answer_each_machine_goes_by_its_own() {
    let log = Log::capture();
    let clock = Clock::manual(START);
    let ledger = Counted::new(&clock);
    let [one, _] = machines(&clock, &ledger.ledger).await;
    ledger.scoreless.store(true, Ordering::SeqCst);
    scan(&one, 200).await.expect("a scanner is refused");
    sleep(HEARD).await;
    assert_eq!(log.lines_with(&["scores of callers are not shared"]).len(), 1, "{}", log.text());
    ledger.scoreless.store(false, Ordering::SeqCst);
    clock.advance(Duration::from_secs(301));
    one.get(THERE).await;
    sleep(HEARD).await;
    let lines = log.lines_with(&["scores of callers are shared again", "dropped=1"]);
    assert_eq!(lines.len(), 1, "{}", log.text());
}

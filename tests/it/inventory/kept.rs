//! The live inventory where it is kept: in a file that processes share, and in the ledger that machines share.

use std::{fs, path::Path};

use reqwest::Method;
use secure_api::{app::AppBuilder, clock::Clock, ledger::Ledger, manage::Manage, testing::secret};

use super::live::{of, seen};
use crate::{
    manage::{TOKEN, ask, at},
    support::{
        Answer, Counted, Log, RedisServer, TestServer,
        folder::Folder,
        server::{ALICES, START, app, order, stocked},
    },
};

/// Starts a machine whose inventory is kept somewhere.
async fn machine(keep: impl FnOnce(AppBuilder) -> AppBuilder) -> TestServer {
    let change = |app: AppBuilder| {
        let app = app.secret(secret!(TOKEN)).proxies(["127.0.0.0/8"]);
        keep(app.manage(Manage::at("127.0.0.1:0")))
    };
    TestServer::with(change).await
}

async fn sharing(ledger: &(impl Ledger + Clone)) -> TestServer {
    machine(|app| app.ledger(ledger.clone()).inventory_shared()).await
}

async fn filing(file: &Path) -> TestServer {
    machine(|app| app.inventory_file(file)).await
}

async fn call(server: &TestServer, times: usize) {
    let alice = server.token("alice", &["customer"]);
    for _ in 0..times {
        server.get_as(&alice, &order("v1", ALICES)).await.has_status(200);
    }
}

async fn miss(server: &TestServer, address: &str, path: &str) {
    let request = server.request(Method::GET, path).header("x-forwarded-for", address);
    Answer::of(request).await.has_status(404);
}

/// Returns the calls of one operation, as a machine tells them, and those of its clients.
async fn calls(server: &TestServer) -> (u64, Vec<u64>) {
    let seen = seen(server).await;
    let called = of(&seen, "get_order", "v1");
    (called.calls, called.clients.iter().map(|client| client.calls).collect())
}

async fn is_one_table(ledger: &(impl Ledger + Clone)) {
    let log = Log::capture();
    let [mut one, other] = [sharing(ledger).await, sharing(ledger).await];
    call(&one, 2).await;
    call(&other, 3).await;
    let bob = other.token("bob", &["customer"]);
    other.get_as(&bob, &order("v1", ALICES)).await.has_status(404);
    // Each tells what it saw when it is asked.
    calls(&one).await;
    assert_eq!(calls(&other).await, (6, vec![5, 1]), "a client is one on both");
    assert_eq!(calls(&one).await, (6, vec![5, 1]));
    assert_eq!(calls(&one).await, (6, vec![5, 1]), "nothing is added twice");
    let found = seen(&one).await;
    assert_eq!(of(&found, "get_order", "v1").refused.values().sum::<u64>(), 1);
    let text = format!("{found:?}");
    assert!(!text.contains("alice") && !text.contains("127.0.0.1"), "nobody is named: {text}");

    // One client on each is a shadow of both, which the one that finds it tells.
    miss(&one, "192.0.2.1", "/v2/invoices/1").await;
    assert_eq!(seen(&one).await.shadows().count(), 0);
    miss(&other, "192.0.2.1", "/v2/invoices/2").await;
    assert_eq!(seen(&other).await.shadows().count(), 0, "it is the same client");
    miss(&other, "192.0.2.2", "/v2/receipts/1").await;
    miss(&one, "192.0.2.1", "/v2/receipts/2").await;
    seen(&other).await;
    let found = seen(&one).await;
    let shadows: Vec<_> = found.shadows().map(|shadow| (&*shadow.path, shadow.calls)).collect();
    assert_eq!(shadows, [("/v2/receipts/{id}", 2)]);
    assert_eq!(log.lines_with(&["a shadow", "/v2/receipts/{id}"]).len(), 1);
    let metrics = ask(at(&one), "/metrics", "").await.body;
    assert!(metrics.contains("secure_api_inventory_found_total{kind=\"shadow\"} 1"), "{metrics}");

    // Of the zombie the second has heard from the first, unless it met it before that.
    assert!(of(&found, "get_order", "v1").zombie_since.is_some());
    call(&one, 1).await;
    one.stop().await.expect("it does not panic");
    assert_eq!(calls(&other).await, (7, vec![6, 1]), "it tells what it saw last when it stops");
    let again = sharing(ledger).await;
    assert_eq!(calls(&again).await, (7, vec![6, 1]));
    call(&again, 1).await;
    assert_eq!(calls(&again).await, (8, vec![7, 1]), "a restart adds to it");
    let zombies = log.lines_with(&["a zombie", "get_order"]).len();
    assert!(zombies <= 2, "a restart tells of no zombie again: {zombies}");
}

// R101 in part: machines that share a ledger have one inventory.
#[tokio::test]
async fn machines_with_one_ledger_have_one_inventory() {
    is_one_table(&Counted::new(&Clock::manual(START)).ledger).await;
}

// R101 in part
#[tokio::test]
async fn machines_with_one_redis_have_one_inventory() {
    let Some(redis) = RedisServer::start() else { return };
    is_one_table(&redis.ledger()).await;
}

#[tokio::test]
async fn an_outage_of_the_ledger_loses_nothing_and_adds_nothing_twice() {
    let log = Log::capture();
    let counted = Counted::new(&Clock::manual(START));
    let [one, other] = [sharing(&counted.ledger).await, sharing(&counted.ledger).await];
    call(&one, 1).await;
    assert_eq!(calls(&one).await.0, 1);
    // What is written then is written, and nobody is told.
    counted.lose_changes(true);
    call(&one, 2).await;
    assert_eq!(calls(&one).await.0, 3, "what it knows itself is told in any case");
    call(&one, 4).await;
    assert_eq!(calls(&one).await.0, 7);
    assert_eq!(log.lines_with(&["the live inventory cannot be kept"]).len(), 1, "{}", log.text());
    // Nothing is answered at all.
    counted.lose(true);
    call(&one, 8).await;
    assert_eq!(calls(&one).await.0, 15);
    counted.lose(false);
    assert_eq!(calls(&one).await.0, 15);
    assert_eq!(log.lines_with(&["the live inventory is kept again"]).len(), 1);
    assert_eq!(calls(&one).await.0, 15);
    assert_eq!(calls(&other).await.0, 15);
}

#[tokio::test]
async fn what_a_redis_has_lost_is_told_it_again() {
    let Some(redis) = RedisServer::start() else { return };
    let [one, other] = [sharing(&redis.ledger()).await, sharing(&redis.ledger()).await];
    call(&one, 2).await;
    calls(&one).await;
    call(&other, 1).await;
    assert_eq!(calls(&other).await.0, 3);
    // Whoever has heard of it last tells it.
    assert_eq!(calls(&one).await.0, 3);
    redis.told(&["FLUSHALL"]);
    // One that began after that knows nothing, and what it tells takes nothing away.
    let new = sharing(&redis.ledger()).await;
    assert_eq!(calls(&new).await.0, 0);
    assert_eq!(calls(&one).await.0, 3);
    assert_eq!(calls(&other).await.0, 3);
    assert_eq!(calls(&new).await.0, 3);
}

// R101 in part: what is told to others names nobody, and cannot be read by them.
#[tokio::test]
async fn a_redis_learns_nothing_of_it() {
    let Some(redis) = RedisServer::start() else { return };
    let one = sharing(&redis.ledger()).await;
    call(&one, 1).await;
    calls(&one).await;
    let records: Vec<String> =
        redis.told(&["KEYS", "*"]).lines().map(|key| redis.told(&["GET", key])).collect();
    assert!(!records.is_empty());
    for name in ["get_order", "alice", "calls"] {
        assert!(!records.iter().any(|record| record.contains(name)), "{name}");
    }
}

#[test]
fn it_is_shared_where_something_is() {
    let built =
        app(&stocked(), &Clock::manual(0)).secret(secret!(TOKEN)).inventory_shared().build();
    let error = built.expect_err("it does not start");
    assert_eq!(error.problems()[0].code, "SA136");
}

#[tokio::test]
async fn two_processes_add_to_one_file() {
    let folder = Folder::made("live");
    let file = folder.path().join("inventory.json");
    let [mut old, mut new] = [filing(&file).await, filing(&file).await];
    call(&old, 2).await;
    call(&new, 3).await;
    new.stop().await.expect("it does not panic");
    old.stop().await.expect("it does not panic");
    assert_eq!(calls(&filing(&file).await).await, (5, vec![5]));
}

#[tokio::test]
async fn what_cannot_be_written_waits() {
    let folder = Folder::made("live");
    let below = folder.path().join("not-yet");
    let file = below.join("inventory.json");
    let log = Log::capture();
    let mut server = filing(&file).await;
    call(&server, 2).await;
    // The first look is at once, and fails.
    for _ in 0..100 {
        if !log.lines_with(&["the live inventory cannot be kept"]).is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(log.lines_with(&["the live inventory cannot be kept"]).len(), 1, "{}", log.text());
    fs::create_dir(&below).expect("a folder");
    call(&server, 1).await;
    server.stop().await.expect("it does not panic");
    assert_eq!(calls(&filing(&file).await).await, (3, vec![3]));
}

//! Limits that two machines count together, over sockets, by a clock that stands until it is moved.

use std::{sync::atomic::Ordering, time::Duration};

use reqwest::Method;
use secure_api::{clock::Clock, limit::Limit};
use tokio::task::JoinSet;

use crate::support::{
    Answer, Counted, Log, TestServer,
    server::{START, app, stocked},
};

/// Starts two machines with one ledger.
async fn machines(clock: &Clock, ledger: &Counted) -> [TestServer; 2] {
    let machine = async || {
        let db = stocked();
        let secret = secure_api::testing::secret!([7; 32]);
        let app = app(&db, clock).secret(secret).ledger(ledger.clone());
        let app = app.address_limit(Limit::per_address(100).per_minute());
        TestServer::run(app.build().expect("an app that starts"), db, clock.clone()).await
    };
    [machine().await, machine().await]
}

const ORDER: &str = r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4000"}"#;

// R60 R63
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_machines_admit_together_what_one_would() {
    let clock = Clock::manual(START);
    let servers = machines(&clock, &Counted::new(&clock)).await;
    let token = servers[0].token("alice", &["customer"]);
    let mut asked = JoinSet::new();
    for number in 0..40 {
        let path = if number % 3 == 0 { "/v1/orders" } else { "/v2/orders" };
        let request = servers[number % 2]
            .request(Method::POST, path)
            .bearer_auth(&token)
            .header("content-type", "application/json")
            .body(ORDER);
        asked.spawn(async move { Answer::of(request).await.status });
    }
    let statuses = asked.join_all().await;
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(201), count(429)), (5, 35), "{statuses:?}");

    // The address was charged for what passed, and what the caller's limit refused was given back.
    let answer = servers[1].get("/v2/nowhere").await;
    assert!(answer.header("ratelimit").contains("\"app-address\";r=94;"), "{answer:?}");
    clock.advance(Duration::from_secs(60));
    let request = servers[1].request(Method::POST, "/v2/orders").bearer_auth(&token);
    let request = request.header("content-type", "application/json").body(ORDER);
    assert_eq!(Answer::of(request).await.status, 201);
}

// R54: a refusal is known until its wait is over, and is told as the ledger would.
#[tokio::test]
async fn a_machine_that_refused_does_not_ask_again_before_the_wait_is_over() {
    let clock = Clock::manual(START);
    let ledger = Counted::new(&clock);
    let [one, two] = machines(&clock, &ledger).await;
    let probe = async |server: &TestServer| server.get("/v2/probe").await;
    for _ in 0..8 {
        probe(&one).await.is_problem(401);
    }
    probe(&one).await.is_problem(429);
    let asked = ledger.asked();
    for _ in 0..5 {
        let refused = probe(&one).await;
        let document = refused.is_problem(429);
        assert_eq!(document["violated-policies"], serde_json::json!(["probe-address"]));
        assert_eq!(refused.header("retry-after"), "60");
    }
    assert_eq!(ledger.asked(), asked, "whoever is over the limit costs the ledger nothing");
    probe(&two).await.is_problem(429);
    assert_eq!(ledger.asked(), asked + 1, "another machine has to ask once");
    clock.advance(Duration::from_secs(60));
    probe(&one).await.is_problem(401);
    probe(&two).await.is_problem(401);
}

// R62
#[tokio::test]
async fn while_the_ledger_is_away_routes_are_closed_and_nothing_is_lost() {
    let clock = Clock::manual(START);
    let ledger = Counted::new(&clock);
    let [one, two] = machines(&clock, &ledger).await;
    let token = one.token("alice", &["customer"]);
    let log = Log::capture();
    let probe = async |server: &TestServer| server.get_as(&token, "/v2/probe").await;
    assert_eq!(probe(&one).await.status, 200);
    assert_eq!(probe(&two).await.status, 200);
    ledger.gone.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        let refused = probe(&one).await;
        assert!(!refused.header("retry-after").is_empty());
        let document = refused.is_problem(503);
        assert!(!document.to_string().contains("connection"), "{document}");
    }
    // Nothing is behind it, so each machine counts it for itself.
    assert_eq!(one.get("/nowhere").await.status, 404);
    ledger.gone.store(false, Ordering::SeqCst);
    assert_eq!(probe(&one).await.status, 200, "the third of three");
    probe(&two).await.is_problem(429);
    let told = |text: &str| log.text().matches(text).count();
    assert_eq!(told("the outage of the ledger begins"), 1, "{}", log.text());
    assert_eq!(told("the outage of the ledger is over"), 1, "{}", log.text());
}

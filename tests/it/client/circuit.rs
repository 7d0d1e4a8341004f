//! Circuit breakers: a service that failed again and again is not asked for a while, and then once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use reqwest::Method;
use secure_api::{client::Upstream, manage::Manage};

use super::{
    Peer, Rates,
    peer::{REASON, json, status},
    told::{Teller, as_customer},
};
use crate::{
    manage::{ask as ask_manage, at},
    support::{Log, TestServer},
};

/// A service that works or not, and an app that asks it once for each request.
async fn set_up() -> (Arc<AtomicBool>, Peer, TestServer) {
    let works = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&works);
    let peer = Peer::start(move |_, _| match told.load(Ordering::SeqCst) {
        true => json("{\"cents\":1}"),
        false => status(500),
    })
    .await;
    let app = Teller::app().upstream(peer.upstream::<Rates>().retries(0));
    let app = app.manage(Manage::at("127.0.0.1:0"));
    (works, peer, TestServer::of(app).await)
}

async fn get(server: &TestServer) -> crate::support::Answer {
    as_customer(server, Method::GET, "/v1/rate").await
}

// R93
#[tokio::test]
async fn a_service_that_fails_is_not_asked_for_a_while_and_then_once() {
    let (works, peer, server) = set_up().await;
    let log = Log::capture();
    for _ in 0..5 {
        get(&server).await.is_problem(502);
    }
    assert_eq!(log.lines_with(&["ERROR", "Rates", "is not asked for a while"]).len(), 1);
    for _ in 0..3 {
        let answer = get(&server).await;
        answer.is_problem(503);
        assert_eq!(answer.header("retry-after"), "10");
    }
    assert_eq!(peer.times(), 5);

    // Half open: one asks, and what it finds holds for a while again.
    server.clock.advance(Duration::from_secs(10));
    get(&server).await.is_problem(502);
    get(&server).await.is_problem(503);
    assert_eq!(peer.times(), 6);

    works.store(true, Ordering::SeqCst);
    server.clock.advance(Duration::from_secs(9));
    get(&server).await.is_problem(503);
    server.clock.advance(Duration::from_secs(1));
    for _ in 0..3 {
        get(&server).await.has_status(200);
    }
    assert_eq!(peer.times(), 9);
    assert_eq!(log.lines_with(&["INFO", "Rates", "answers again"]).len(), 1);

    let counts = ask_manage(at(&server), "/metrics", "").await.body;
    for line in [
        "secure_api_upstream_calls_total{upstream=\"Rates\",outcome=\"answered\"} 3",
        "secure_api_upstream_calls_total{upstream=\"Rates\",outcome=\"failed\"} 11",
        "secure_api_upstream_circuits_total{upstream=\"Rates\",state=\"opened\"} 1",
        "secure_api_upstream_circuits_total{upstream=\"Rates\",state=\"closed\"} 1",
    ] {
        assert!(counts.lines().any(|other| other == line), "{line}: {counts}");
    }
}

// R93
#[tokio::test]
async fn what_a_service_refuses_is_no_failure_of_it() {
    let peer = Peer::start(|_, _| status(404)).await;
    let rates = peer.client::<Rates>(|upstream| upstream);
    for _ in 0..10 {
        assert_eq!(rates.get(["a"]).done().await.expect_err("none").status(), Some(404));
    }
    assert_eq!(peer.times(), 10);
}

// R93
#[tokio::test]
async fn who_hangs_up_opens_nothing_for_others() {
    let slow = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = slow.local_addr().expect("an address");
    let upstream = Upstream::<Rates>::at(format!("http://{address}/"));
    let rates = upstream.internal(address.to_string(), REASON).client().expect("it is declared");
    for _ in 0..10 {
        let call = rates.get(["a"]).done();
        assert!(tokio::time::timeout(Duration::from_millis(20), call).await.is_err());
    }
    let asked = tokio::time::timeout(Duration::from_millis(20), rates.get(["a"]).done()).await;
    assert!(asked.is_err(), "it is still asked: {asked:?}");
}

//! Time that the test moves: nothing here waits, and everything that has a time sees it pass.

use std::{
    future::IntoFuture,
    time::{Duration, Instant},
};

use secure_api::{error::problem, testing, testing::json};

use super::kiosk::{Role, kiosk};

const SECOND: Duration = Duration::from_secs(1);

// R11
#[tokio::test]
async fn tokens_expire() {
    let kiosk = kiosk();
    let alice = kiosk.as_caller(Role::Visitor, "alice").lifetime(60 * SECOND);
    alice.get("/v2/tickets").await.assert_status(200);
    // Half a minute more, for clocks that differ.
    kiosk.advance(89 * SECOND);
    alice.get("/v2/tickets").await.assert_status(200);
    kiosk.advance(SECOND);
    alice.get("/v2/tickets").await.assert_problem(&problem::UNAUTHENTICATED);
    kiosk.as_caller(Role::Visitor, "alice").get("/v2/tickets").await.assert_status(200);
}

// R54
#[tokio::test]
async fn limits_refill() {
    let kiosk = kiosk();
    for _ in 0..2 {
        kiosk.get("/v2/hours").await.assert_status(200);
    }
    let refused = kiosk.get("/v2/hours").await;
    refused.assert_problem(&problem::QUOTA_EXCEEDED);
    refused.assert_header("retry-after", "60");
    kiosk.advance(59 * SECOND);
    kiosk.get("/v2/hours").await.assert_status(429);
    kiosk.advance(SECOND);
    kiosk.get("/v2/hours").await.assert_status(200);
}

// R98 R99
#[tokio::test]
async fn versions_end() {
    let kiosk = kiosk();
    let alice = || kiosk.as_caller(Role::Visitor, "alice");
    let before = alice().get("/v1/tickets/1").await;
    before.assert_status(200).assert_header("sunset", "Fri, 01 Jan 2027 00:00:00 GMT");
    kiosk.advance_to("2026-12-31T23:59:59Z");
    alice().get("/v1/tickets/1").await.assert_status(200);
    kiosk.advance_to("2027-01-01");
    alice().get("/v1/tickets/1").await.assert_problem(&problem::SUNSET);
    alice().get("/v2/tickets/1").await.assert_status(200);
}

#[tokio::test]
async fn idempotency_keys_age() {
    let kiosk = kiosk();
    let buy = async || {
        let alice = kiosk.as_caller(Role::Visitor, "alice");
        let request = alice.post("/v2/tickets").header("idempotency-key", "\"once\"");
        let reply = request.json(json!({ "gate": "south", "seats": 1 })).await;
        reply.assert_status(201).json_pointer("/id")
    };
    let first = buy().await;
    kiosk.advance(24 * 3600 * SECOND - SECOND);
    assert_eq!(buy().await, first, "the answer that it had");
    kiosk.advance(2 * SECOND);
    assert_ne!(buy().await, first, "a day later it is another request");
}

#[tokio::test]
async fn steps_run_out() {
    let kiosk = kiosk();
    let alice = kiosk.as_caller(Role::Visitor, "alice");
    alice.post("/v2/tickets/1/entry").await.assert_problem(&problem::OUT_OF_ORDER);
    for (passed, status) in [(59 * SECOND, 202), (61 * SECOND, 409)] {
        alice.post("/v2/tickets/1/check-in").await.assert_status(200);
        kiosk.advance(passed);
        alice.post("/v2/tickets/1/entry").await.assert_status(status);
    }
}

// The clock stands where it was put, and else at the second in which the client was made.
#[tokio::test]
async fn a_clock_stands_until_it_is_moved() {
    let kiosk = kiosk();
    assert_eq!(kiosk.clock().unix_seconds(), testing::at("2026-11-30").unix_seconds());
    let shared = kiosk.clone();
    shared.advance(SECOND);
    assert_eq!(kiosk.clock().unix_seconds(), testing::at("2026-11-30T00:00:01Z").unix_seconds());

    let app = super::Kiosk::app()
        .store(super::kiosk::Db::default())
        .service(super::kiosk::Printer(""))
        .tokens(testing::issuer());
    let now = testing::client(app).expect("an app that starts");
    let start = now.clock().unix_seconds();
    let machine = secure_api::clock::Clock::system().unix_seconds();
    assert!(now.clock().is_manual() && (0..60).contains(&(machine - start)), "{start} {machine}");
}

/// Deadlines run by tokio's clock, which this one does not move.
#[tokio::test]
async fn deadlines_are_not_of_this_clock() {
    use crate::support::{
        api::{Depot, Runs},
        server::stocked,
    };
    let app = Depot::app().store(stocked()).service(Runs::default()).tokens(testing::issuer());
    let depot = testing::client(app.deadline(SECOND / 5)).expect("an app that starts");
    let start = Instant::now();
    let waiting = tokio::spawn(depot.get("/v2/failures/sleep").into_future());
    tokio::task::yield_now().await;
    depot.advance(3600 * SECOND);
    let reply = waiting.await.expect("an answer");
    reply.assert_problem(&problem::UNAVAILABLE);
    assert!(start.elapsed() >= SECOND / 5, "the test's hour was none");
}

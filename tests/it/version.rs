//! The life of versions: deprecated ones say so, and those past their sunset are gone.

mod begun;
mod brownout;
mod inside;
mod media_type;
mod nowhere;
mod operation;
mod preview;
mod spelling;
mod stated;

use std::time::Duration;

use reqwest::Method;
use secure_api::{limit::Limit, prelude::Clock};

use crate::support::{
    Answer, Log, TestServer,
    server::{ALICES, START, order},
};

/// 2036-06-01T00:00:00Z.
const SUNSET: i64 = 2_095_891_200;

pub(crate) fn until(server: &TestServer, second: i64) {
    let seconds = u64::try_from(second - server.clock.unix_seconds()).expect("a later second");
    server.clock.advance(Duration::from_secs(seconds));
}

// R98
#[tokio::test]
async fn a_deprecated_version_says_so_on_every_answer() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let put = server.request(Method::PUT, "/v1/orders");
    let options = server.request(Method::OPTIONS, "/v1/orders");
    for (status, answer) in [
        (200, server.get_as(&token, &order("v1", ALICES)).await),
        (200, server.get("/v1/parts/BOLT").await),
        (401, server.get("/v1/orders").await),
        (404, server.get_as(&token, &order("v1", 0xD)).await),
        (405, Answer::of(put).await),
        (204, Answer::of(options).await),
    ] {
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("deprecation"), "@1780272000");
        assert_eq!(answer.header("sunset"), "Sun, 01 Jun 2036 00:00:00 GMT");
        assert_eq!(
            answer.header("link"),
            "<https://depot.example/migrate>; rel=\"deprecation sunset\"; type=\"text/html\""
        );
    }
    for path in ["/v2/parts/BOLT", "/v2/orders", "/nowhere", "/v1/nowhere"] {
        let answer = server.get(path).await;
        for name in ["deprecation", "sunset", "link"] {
            assert!(answer.maybe_header(name).is_none(), "{name} on {path}");
        }
    }
}

// R99
#[tokio::test]
async fn a_version_past_its_sunset_is_gone() {
    let server = TestServer::start().await;
    until(&server, SUNSET - 1);
    let token = server.token("alice", &["customer"]);
    assert_eq!(server.get_as(&token, &order("v1", ALICES)).await.status, 200);
    server.db.take_record();

    server.clock.advance(Duration::from_secs(1));
    let path = order("v1", ALICES);
    for method in [Method::GET, Method::PATCH, Method::DELETE, Method::PUT, Method::OPTIONS] {
        for token in [None, Some(&*token), Some("nonsense")] {
            let answer = server.send(method.clone(), token, &path, "{").await;
            let document = answer.is_problem(410);
            assert_eq!(document["type"], "urn:problem-type:secure-api:sunset");
            assert_eq!(answer.header("sunset"), "Sun, 01 Jun 2036 00:00:00 GMT");
            assert!(answer.header("link").contains("migrate"));
        }
    }
    // A browser asks before it sends, and sends nothing where that is refused: its page would never see the 410.
    for (path, status) in [(&*path, 204), ("/v1/nowhere", 404)] {
        let preflight = server.request(Method::OPTIONS, path);
        let preflight = preflight.header("origin", "https://app.example");
        let answer = Answer::of(preflight.header("access-control-request-method", "GET")).await;
        assert_eq!(answer.status, status, "{path}");
    }
    assert_eq!(server.db.take_record(), [""; 0], "something ran");
    assert_eq!(server.get_as(&token, &order("v2", ALICES)).await.status, 200);
    // What never was is not gone.
    server.get("/v1/nowhere").await.is_problem(404);
}

// R99: a year that is wrong is seen where the app starts, which it does.
#[tokio::test]
async fn what_has_ended_is_in_the_log_when_an_app_is_built() {
    let log = Log::capture();
    let past = ["secure_api::start", "past its sunset"];
    drop(TestServer::annex().await);
    assert_eq!(log.lines_with(&past), [""; 0]);

    let clock = Clock::manual(SUNSET);
    drop(TestServer::annex_with(|app| app.clock(clock)).await);
    let versions = log.lines_with(&[&past[..], &["version=\"v1\" sunset=2036-06-01"]].concat());
    assert_eq!(versions.len(), 1, "{}", log.text());
    let operations =
        log.lines_with(&[&past[..], &["operation=\"old\" sunset=2027-01-01"]].concat());
    assert_eq!(operations.len(), 1, "{}", log.text());
    assert!(versions[0].contains(" WARN ") && operations[0].contains(" WARN "));
}

// R99: what is gone costs as much as what is there.
#[tokio::test]
async fn a_version_that_is_gone_is_counted() {
    let server = TestServer::with(|app| app.address_limit(Limit::per_address(2).per_day())).await;
    until(&server, SUNSET);
    for _ in 0..2 {
        server.get("/v1/parts/BOLT").await.is_problem(410);
    }
    server.get("/v1/parts/BOLT").await.is_problem(429);
}

// R96
#[tokio::test]
async fn a_version_is_never_guessed() {
    let server = TestServer::start().await;
    assert_eq!(server.clock.unix_seconds(), START);
    for path in [
        "/parts/BOLT",
        "/v0/parts/BOLT",
        "/v3/parts/BOLT",
        "/V2/parts/BOLT",
        "/v2.0/parts/BOLT",
        "/2/parts/BOLT",
        "/v1/report",
        "/v1/failures/store",
        "/v2/v1/parts/BOLT",
    ] {
        server.get(path).await.is_problem(404);
    }
    for (name, value) in [("accept-version", "v2"), ("x-api-version", "2"), ("api-version", "v2")] {
        let request = server.request(Method::GET, "/parts/BOLT").header(name, value);
        Answer::of(request).await.is_problem(404);
    }
}

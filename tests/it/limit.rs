//! Rate limits over sockets, by a clock that stands until it is moved.

mod against;
mod by_input;
mod by_role;
mod credential;
mod hall;
mod kinds;
mod late;
mod machines;
mod nobody;
mod outage;
mod places;

use std::time::Duration;

use reqwest::Method;
use secure_api::limit::Limit;
use tokio::task::JoinSet;

use crate::support::{Answer, TestServer};

const ORDER: &str = r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4000"}"#;

// R60 R64: exactly as many pass as the limit lets, however they come, in whatever version.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn exactly_as_many_pass_as_the_limit_lets() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let mut asked = JoinSet::new();
    for number in 0..40 {
        let request = server
            .request(Method::POST, if number % 2 == 0 { "/v1/orders" } else { "/v2/orders" })
            .bearer_auth(&token)
            .header("content-type", "application/json")
            .body(ORDER);
        asked.spawn(async move { Answer::of(request).await.status });
    }
    let statuses = asked.join_all().await;
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(201), count(429)), (5, 35), "{statuses:?}");
    let written = server.db.take_record().iter().filter(|entry| **entry == "write order").count();
    assert_eq!(written, 5);
}

// R54 R55 R56 R57
#[tokio::test]
async fn retry_after_is_true() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let probe = async || server.get_as(&token, "/v2/probe").await;
    for left in [2, 1, 0] {
        let answer = probe().await;
        assert_eq!(answer.status, 200);
        let policies =
            "\"app-address\";q=1200;w=60, \"probe-address\";q=8;w=60, \"probe-principal\";q=3;w=60";
        assert_eq!(answer.header("ratelimit-policy"), policies);
        let limit = answer.header("ratelimit");
        assert!(limit.contains(&format!("\"probe-principal\";r={left};t=")), "{limit}");
    }

    let refused = probe().await;
    let document = refused.is_problem(429);
    assert_eq!(document["type"], "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(document["violated-policies"], serde_json::json!(["probe-principal"]));
    assert!(refused.header("ratelimit").contains("\"probe-principal\";r=0;t=60"), "{refused:#?}");
    assert_eq!(refused.header("retry-after"), "60");

    server.clock.advance(Duration::from_secs(59));
    let again = probe().await;
    again.is_problem(429);
    assert_eq!(again.header("retry-after"), "1");
    server.clock.advance(Duration::from_secs(1));
    let passed = probe().await;
    assert_eq!(passed.status, 200);
    // Three ran before: what was refused did not.
    assert_eq!(passed.json()["runs"], 3);
}

// R60: whichever minute one looks at, there are three in it.
#[tokio::test]
async fn no_window_sees_more_than_the_count() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let mut passed = Vec::new();
    let probe = async || server.get_as(&token, "/v2/probe").await.status == 200;
    assert!(probe().await);
    for wait in [20, 20, 19, 1, 19, 1] {
        server.clock.advance(Duration::from_secs(wait));
        let mut count = 0;
        while probe().await {
            count += 1;
        }
        passed.push(count);
    }
    assert_eq!(passed, [2, 0, 0, 1, 0, 2]);
}

// R39: an address is asked first, before credentials are; a principal once it is known.
#[tokio::test]
async fn an_address_is_counted_before_a_token_is_read() {
    let server = TestServer::start().await;
    let (alice, bob) = (server.token("alice", &["customer"]), server.token("bob", &["customer"]));
    for _ in 0..3 {
        assert_eq!(server.get_as(&alice, "/v2/probe").await.status, 200);
    }
    server.get_as(&alice, "/v2/probe").await.is_problem(429);
    // Somebody else at the same address has a bucket of its own.
    for _ in 0..3 {
        assert_eq!(server.get_as(&bob, "/v2/probe").await.status, 200);
    }
    // What the principal's limit refused was given back to the address: these are the seventh and the eighth.
    for _ in 0..2 {
        server.get("/v2/probe").await.is_problem(401);
    }
    for token in [None, Some("nonsense"), Some(&*alice)] {
        let request = server.request(Method::GET, "/v2/probe");
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let refused = Answer::of(request).await;
        let document = refused.is_problem(429);
        assert_eq!(document["violated-policies"], serde_json::json!(["probe-address"]));
    }
}

// R61
#[tokio::test]
async fn a_forwarded_address_is_nobodys_word() {
    let server = TestServer::start().await;
    for number in 0..9 {
        let answer = Answer::of(
            server
                .request(Method::GET, "/v2/probe")
                .header("x-forwarded-for", format!("192.0.2.{number}"))
                .header("forwarded", format!("for=192.0.2.{number}"))
                .header("x-real-ip", format!("192.0.2.{number}")),
        );
        answer.await.is_problem(if number < 8 { 401 } else { 429 });
    }
}

// R64: an old version is no second quota.
#[tokio::test]
async fn versions_share_their_buckets() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    for path in ["/v1/probe", "/v2/probe", "/v1/probe"] {
        assert_eq!(server.get_as(&token, path).await.status, 200);
    }
    server.get_as(&token, "/v1/probe").await.is_problem(429);
    server.get_as(&token, "/v2/probe").await.is_problem(429);
}

// R63: what is refused costs the caller nothing of that limit.
#[tokio::test]
async fn a_refusal_is_not_charged() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    for _ in 0..3 {
        server.get_as(&token, "/v2/probe").await;
    }
    for _ in 0..4 {
        assert_eq!(server.get_as(&token, "/v2/probe").await.header("retry-after"), "60");
    }
}

// Nothing is free: what no route answers, what is malformed, and what only asks what there is.
#[tokio::test]
async fn whatever_comes_is_counted() {
    for (method, path, status) in [
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/v2/nowhere", 404),
        (Method::GET, "/v2/parts/%00", 400),
        (Method::PUT, "/v2/orders", 405),
        (Method::OPTIONS, "/v2/orders", 204),
        (Method::TRACE, "/v2/orders", 405),
        (Method::GET, "/v2/orders", 401),
    ] {
        let server =
            TestServer::with(|app| app.address_limit(Limit::per_address(3).per_minute())).await;
        for _ in 0..3 {
            let answer = Answer::of(server.request(method.clone(), path)).await;
            assert_eq!(answer.status, status, "{method} {path}");
        }
        let refused = Answer::of(server.request(method.clone(), path)).await;
        let document = refused.is_problem(429);
        assert_eq!(document["violated-policies"], serde_json::json!(["app-address"]));
        server.clock.advance(Duration::from_secs(60));
        assert_eq!(Answer::of(server.request(method, path)).await.status, status);
    }
}

// The scale that load tests use multiplies, and is refused where others can reach it.
#[tokio::test]
async fn a_scale_multiplies() {
    let server = TestServer::with(|app| app.limit_scale(2)).await;
    let token = server.token("alice", &["customer"]);
    for _ in 0..6 {
        assert_eq!(server.get_as(&token, "/v2/probe").await.status, 200);
    }
    server.get_as(&token, "/v2/probe").await.is_problem(429);
}

//! Retries: of what may be sent twice, so often and no more, and not before a service wants to be asked again.

use std::time::{Duration, Instant};

use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};

use super::{
    Peer, Rates, ask,
    peer::{json, status},
};

// R93
#[tokio::test]
async fn what_may_be_sent_twice_is_sent_again() {
    for failure in [429, 500, 502, 503, 504] {
        let peer = Peer::start(move |number, _| match number {
            0 | 1 => status(failure),
            _ => json("{\"cents\":1}"),
        })
        .await;
        assert_eq!(ask(&peer.client(|upstream| upstream)).await.expect("the third").cents, 1);
        assert_eq!(peer.times(), 3, "{failure}");
    }
}

// R93
#[tokio::test]
async fn it_is_sent_so_often_and_no_more() {
    let peer = Peer::start(|_, _| status(500)).await;
    for (retries, times) in [(0, 1), (1, 2), (2, 3)] {
        let before = peer.times();
        let refused = ask(&peer.client(|upstream| upstream.retries(retries))).await;
        assert_eq!(refused.expect_err("it fails").status(), Some(500));
        assert_eq!(peer.times() - before, times);
    }
}

// R93
#[tokio::test]
async fn what_is_wrong_is_not_sent_again() {
    for failure in [400, 401, 403, 404, 409, 422, 501] {
        let peer = Peer::start(move |_, _| status(failure)).await;
        let refused = ask(&peer.client(|upstream| upstream)).await.expect_err("it fails");
        assert_eq!((refused.status(), peer.times()), (Some(failure), 1));
    }
}

// R93
#[tokio::test]
async fn what_does_something_is_sent_once_or_by_a_key() {
    let peer = Peer::start(|_, _| status(503)).await;
    for (method, times) in [("POST", 1), ("PATCH", 1), ("PUT", 3), ("DELETE", 3)] {
        let (before, rates) = (peer.times(), peer.client::<Rates>(|upstream| upstream));
        let call = match method {
            "POST" => rates.post(["a"]),
            "PATCH" => rates.patch(["a"]),
            "PUT" => rates.put(["a"]),
            _ => rates.delete(["a"]),
        };
        assert!(call.send(&1).done().await.is_err());
        assert_eq!(peer.times() - before, times, "{method}");
    }
    let keyed = Peer::start(|number, _| match number {
        0 => status(503),
        _ => status(200),
    })
    .await;
    let rates = keyed.client::<Rates>(|upstream| upstream);
    rates.post(["a"]).send(&1).idempotency_key("order-7").done().await.expect("the second");
    let asked = keyed.asked();
    assert_eq!(asked.len(), 2);
    for one in asked {
        assert_eq!((&one.method, &*one.body), (&Method::POST, "1"));
        assert_eq!(one.header("idempotency-key"), Some("order-7"));
        assert_eq!(one.header("content-type"), Some("application/json"));
    }
}

// R93
#[tokio::test]
async fn a_service_says_when_to_come_back() {
    fn later(after: &'static str) -> Response {
        (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", after)]).into_response()
    }
    let peer = Peer::start(|number, _| match number {
        0 => later("1"),
        _ => json("{\"cents\":1}"),
    })
    .await;
    let begun = Instant::now();
    assert!(ask(&peer.client(|upstream| upstream)).await.is_ok());
    assert!(begun.elapsed() >= Duration::from_secs(1));
    // Nobody waits for longer than there is time.
    for after in ["3600", "Tue, 31 Dec 2999 23:59:59 GMT"] {
        let peer = Peer::start(move |_, _| later(after)).await;
        assert!(ask(&peer.client(|upstream| upstream)).await.is_err());
        assert_eq!(peer.times(), 1, "{after}");
    }
}

// R93
#[tokio::test]
async fn a_connection_that_was_refused_sent_nothing() {
    let peer = Peer::start(|_, _| status(200)).await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = gone.local_addr().expect("an address");
    drop((gone, peer));
    let upstream = secure_api::client::Upstream::<Rates>::at(format!("http://{address}/"));
    let rates = upstream.internal(address.to_string(), super::peer::REASON).client();
    let rates = rates.expect("it is declared");
    // Each is tried three times, whatever it is, so that the fifth failure is within the second call.
    for _ in 0..2 {
        assert!(rates.post(["a"]).done().await.is_err());
    }
    let told = rates.get(["a"]).done().await.expect_err("it is not asked").to_string();
    assert!(told.contains("not asked for"), "{told}");
}

//! Encrypted traffic, end to end, and a server that stops without dropping anybody.

mod acme;
mod caps;
mod development;
pub(crate) mod floods;
pub(crate) mod frames;
mod framing;
mod host;
mod http2;
mod load;
mod mount;
mod origin;
mod proxies;
mod shutdown;
pub(crate) mod slow;
pub(crate) mod victim;

use std::time::Duration;

use reqwest::{Method, Version};
use tokio::{net::TcpStream, time::timeout};

use crate::support::{
    Answer, TestServer,
    client::raw_text,
    raw,
    server::{ALICES, app, order, stocked},
};

const HSTS: &str = "max-age=63072000; includeSubDomains";

// R46 R115: over TLS and only there, on refusals too.
#[tokio::test]
async fn https_is_asked_for_over_tls_only() {
    let encrypted = TestServer::tls().await;
    let plain = TestServer::start().await;
    for path in ["/v2/parts/BOLT", "/v2/orders", "/nowhere", "/v2/failures/panic"] {
        let answer = encrypted.get(path).await;
        assert_eq!(answer.header("strict-transport-security"), HSTS, "{path}");
        answer.has_security_headers();
        assert!(plain.get(path).await.maybe_header("strict-transport-security").is_none());
    }
}

// R44: HTTP/2 where the client speaks it, without a Host header, and HTTP/1.1 where not.
#[tokio::test]
async fn http2_does_all_that_http1_does() {
    let server = TestServer::tls().await;
    let token = server.token("alice", &["customer"]);
    let shown = server.get_as(&token, &order("v2", ALICES)).await;
    assert_eq!((shown.status, shown.version), (200, Version::HTTP_2));
    let body = r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4000"}"#;
    let placed = server.send(Method::POST, Some(&token), "/v2/orders", body).await;
    assert_eq!(placed.status, 201);
    let large = server.send(Method::POST, Some(&token), "/v2/messages", "x".repeat(70_000)).await;
    large.is_problem(413);
    let head = Answer::of(server.request(Method::HEAD, "/v2/parts/BOLT")).await;
    assert_eq!((head.status, head.header("content-length")), (200, "14"));
    let older = server.request(Method::GET, "/v2/parts/BOLT").version(Version::HTTP_11);
    assert_eq!(Answer::of(older).await.status, 200);
}

// R45
#[tokio::test]
async fn plaintext_on_a_port_of_tls_gets_nothing() {
    let server = TestServer::tls().await;
    let request = "GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let text = raw_text(server.address, request).await;
    assert!(!text.contains("HTTP/1.1 2") && !text.contains("BOLT"), "{text:?}");
}

// R45: plaintext is served on loopback only, and so is an app whose limits were multiplied.
#[tokio::test]
async fn plaintext_off_loopback_does_not_start() {
    let clock = secure_api::clock::Clock::manual(0);
    let app = app(&stocked(), &clock).limit_scale(2).build().expect("an app");
    let error = app.bind("0.0.0.0:0").await.expect_err("it does not start");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA201", "SA304"]);
}

// R52
#[tokio::test]
async fn only_our_hosts_are_answered_for() {
    let server = TestServer::with(|app| app.hosts(["shop.example", "localhost:8443"])).await;
    let ask = async |target: &str, host: &str| {
        let request = format!("GET {target} HTTP/1.1\r\n{host}connection: close\r\n\r\n");
        raw(server.address, request).await
    };
    let path = "/v2/parts/BOLT";
    for host in ["host: shop.example\r\n", "host: Shop.Example\r\n", "host: localhost:8443\r\n"] {
        assert_eq!(ask(path, host).await.status, 200, "{host}");
    }
    for host in ["host: evil.example\r\n", "host: localhost\r\n", "host: shop.example.evil\r\n"] {
        ask(path, host).await.is_problem(421);
    }
    // R90: other headers about hosts and paths do nothing.
    let forwarded = "host: shop.example\r\nx-forwarded-host: evil.example\r\nx-original-url: /v2/report\r\n\
                     x-rewrite-url: /v2/report\r\n";
    let answer = ask(path, forwarded).await;
    assert_eq!(answer.json()["sku"], "BOLT");
    assert!(!format!("{answer:?}").contains("evil"));
}

// R50 in part, RFC 9112, section 3.2: a request of HTTP/1.1 has one Host.
#[tokio::test]
async fn a_request_has_one_host() {
    let server = TestServer::start().await;
    let ask = async |lines: &str| {
        let request = format!("GET /v2/parts/BOLT HTTP/1.1\r\n{lines}connection: close\r\n\r\n");
        raw(server.address, request).await
    };
    assert_eq!(ask("host: localhost\r\n").await.status, 200);
    ask("").await.is_problem(400);
    ask("host: localhost\r\nhost: evil.example\r\n").await.is_problem(400);
}

// R49: what has begun finishes, and nothing new begins.
#[tokio::test]
async fn what_has_begun_finishes_before_the_server_stops() {
    let mut server = TestServer::with(|app| app.deadline(Duration::from_millis(600))).await;
    let slow = tokio::spawn(Answer::of(server.request(Method::GET, "/v2/failures/sleep")));
    tokio::time::sleep(Duration::from_millis(200)).await;
    let done = server.stop();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!done.is_finished(), "it did not wait");
    assert!(TcpStream::connect(server.address).await.is_err(), "it still accepts");
    slow.await.expect("an answer").is_problem(503);
    timeout(Duration::from_secs(5), done).await.expect("it stops").expect("it does not panic");
}

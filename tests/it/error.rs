//! Refusals, whoever refuses: one format, one set of headers, constant texts.

mod conversion;
mod detail;
mod panicked;
mod standard;
mod status;
mod verbose;

use std::{collections::BTreeMap, time::Duration};

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Answer, Log, TestServer,
    client::raw_text,
    raw,
    server::{ALICES, BOBS, order},
};

/// Returns one request for each way to be refused, with the status that it is answered with.
async fn refusals(server: &TestServer) -> Vec<(u16, Answer)> {
    let alice = server.token("alice", &["customer"]);
    let auditor = server.token("alice", &["auditor"]);
    let request = |method, path: &str| server.request(method, path);
    let custom = Method::from_bytes(b"BREW").expect("a method");
    let json = async |path: &str, body: &str| {
        server.send(Method::POST, Some(&alice), path, body.to_owned()).await
    };
    let mut all = vec![
        (400, server.get("/v2/parts?colour=red").await),
        (400, server.get("/v2/parts/%00").await),
        (414, server.get(&format!("/v2/parts/{}", "a".repeat(9000))).await),
        (400, json("/v2/messages", "{").await),
        (401, server.get("/v2/orders").await),
        (401, server.get("/v1/orders").await),
        (401, server.get_as("nonsense", "/v2/orders").await),
        (403, server.get_as(&auditor, "/v2/orders").await),
        (404, server.get("/").await),
        (404, server.get("/v2").await),
        (404, server.get("/v3/orders").await),
        (404, server.get_as(&alice, &order("v2", BOBS)).await),
        (404, server.get("/v2/parts/NONE").await),
        (405, Answer::of(request(Method::PUT, "/v2/orders")).await),
        (405, Answer::of(request(Method::TRACE, "/v2/orders")).await),
        (406, Answer::of(request(Method::GET, "/v2/parts/A").header("accept", "text/css")).await),
        (413, json("/v2/messages", &"x".repeat(70_000)).await),
        (415, Answer::of(request(Method::POST, "/v2/messages").body("x")).await),
        (418, server.get("/v2/failures/kettle").await),
        (422, json("/v2/messages", "{}").await),
        (500, server.get("/v2/failures/inside").await),
        (500, server.get("/v2/failures/panic").await),
        (405, Answer::of(request(custom, "/v2/orders")).await),
        (503, server.get("/v2/failures/store").await),
        (503, server.get("/v2/failures/sleep").await),
    ];
    for _ in 0..3 {
        server.get_as(&alice, "/v2/probe").await;
    }
    all.push((429, server.get_as(&alice, "/v2/probe").await));
    all
}

// R72 R75 R76 R115
#[tokio::test]
async fn every_refusal_is_a_problem_document() {
    let server = TestServer::with(|app| app.deadline(Duration::from_millis(200))).await;
    let mut titles = BTreeMap::new();
    for (status, answer) in refusals(&server).await {
        let document = answer.is_problem(status);
        // R72: one type, one title, one status.
        let title = titles.entry(document["type"].to_string()).or_insert_with(|| document.clone());
        assert_eq!((&title["title"], &title["status"]), (&document["title"], &document["status"]));
        let wanted = match status {
            401 => Some("www-authenticate"),
            405 => Some("allow"),
            415 => Some("accept"),
            429 | 503 => Some("retry-after"),
            _ => None,
        };
        for name in ["www-authenticate", "allow", "accept", "retry-after"] {
            let query_token = status == 400 && name == "www-authenticate";
            let is = answer.maybe_header(name).is_some();
            assert_eq!(is, wanted == Some(name), "{name} on {status} {query_token}: {answer:#?}");
        }
    }
    assert_eq!(titles.len(), 15, "{titles:#?}");
}

// R75: on HEAD there are the same headers, and no content.
#[tokio::test]
async fn a_refusal_of_head_is_without_content() {
    let server = TestServer::start().await;
    let get = server.get("/v2/orders").await;
    let head = "HEAD /v2/orders HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let head = raw(server.address, head).await;
    assert_eq!((head.status, head.body.as_str()), (401, ""));
    head.has_security_headers();
    for name in ["content-type", "content-length", "www-authenticate", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}

// R73 R74: a panic is the failure of one request.
#[tokio::test]
async fn a_panic_is_500_and_the_process_lives() {
    let log = Log::capture();
    let server = TestServer::start().await;
    for _ in 0..3 {
        let answer = server.get("/v2/failures/panic").await;
        let document = answer.is_problem(500);
        assert_eq!(document["type"], "urn:problem-type:secure-api:internal");
        assert!(!answer.body.contains("secret reason"));
    }
    assert_eq!(server.get("/v2/parts/BOLT").await.status, 200);
    assert_eq!(log.lines_with(&["ERROR", "the handler panicked", "status=500"]).len(), 3);
}

// R49: what takes too long is told so, and others do not wait for it.
#[tokio::test]
async fn a_deadline_ends_what_takes_too_long() {
    let log = Log::capture();
    let server = TestServer::with(|app| app.deadline(Duration::from_millis(100))).await;
    let start = std::time::Instant::now();
    let (slow, quick) =
        tokio::join!(server.get("/v2/failures/sleep"), server.get("/v2/parts/BOLT"));
    slow.is_problem(503);
    assert_eq!(slow.header("retry-after"), "5");
    assert_eq!(quick.status, 200);
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(log.lines_with(&["the deadline passed", "operation=\"fail\""]).len(), 1);
}

// R82 R49: a body that does not come is waited for no longer than that.
#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let server = TestServer::with(|app| app.deadline(Duration::from_millis(100))).await;
    let request = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                   content-type: application/json\r\ncontent-length: 100\r\n\r\n{\"text\":";
    raw(server.address, request).await.is_problem(408);
}

// R74 R23: an app's own errors have constant texts, and their causes are in the log alone.
#[tokio::test]
async fn causes_stay_in_the_log() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let kettle = server.get("/v2/failures/kettle").await;
    assert_eq!(
        kettle.is_problem(418),
        json!({"type": "https://depot.example/kettle", "title": "Not a kettle", "status": 418})
    );
    let inside = server.get("/v2/failures/inside").await;
    assert_eq!(
        inside.is_problem(500),
        json!({
            "type": "urn:problem-type:secure-api:internal", "title": "The server failed", "status": 500,
        })
    );
    let alice = server.token("alice", &["customer"]);
    let patch = async |body: &'static str| {
        server.send(Method::PATCH, Some(&alice), &order("v2", ALICES), body).await
    };
    assert_eq!(patch(r#"{"status":"sent"}"#).await.status, 200);
    let sent = patch(r#"{"note":"too late"}"#).await;
    assert_eq!(sent.is_problem(409)["title"], "The order was sent");
    for answer in [kettle, inside, sent] {
        assert!(!answer.body.contains("SQLITE") && !answer.body.contains("/var/lib"));
    }
    assert_eq!(log.lines_with(&["SQLITE_IOERR"]).len(), 2);
}

// R49: what hyper refuses before anybody is asked.
#[tokio::test]
async fn what_is_no_http_is_refused() {
    let server = TestServer::start().await;
    let head = "GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    let status = async |more: String| raw_text(server.address, format!("{head}{more}\r\n")).await;
    assert!(status(String::new()).await.starts_with("HTTP/1.1 200"));
    let long = format!("x-long: {}\r\n", "a".repeat(40_000));
    assert!(status(long).await.starts_with("HTTP/1.1 431"));
    let many: String = (0..200).map(|number| format!("x-{number}: a\r\n")).collect();
    assert!(status(many).await.starts_with("HTTP/1.1 431"));
    for line in ["x: a\0b\r\n", "x: a\rb\r\n", "x y: a\r\n", "content-length: x\r\n", ": a\r\n"] {
        assert!(status(line.to_owned()).await.starts_with("HTTP/1.1 400"), "{line:?}");
    }
}

// R50 in part: two lengths of one body are how requests are smuggled. Beside a coding that ends by itself a length is
// as if it were not there (RFC 9112, section 6.3), and nothing is left over to be read as a request.
#[tokio::test]
async fn a_body_has_one_end() {
    let server = TestServer::start().await;
    let head = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                content-type: application/json\r\n";
    for lines in [
        "content-length: 16\r\ncontent-length: 17\r\n\r\n{\"text\":\"hello\"}",
        "content-length: 16, 17\r\n\r\n{\"text\":\"hello\"}",
        "content-length: +16\r\n\r\n{\"text\":\"hello\"}",
        "transfer-encoding: gzip\r\n\r\n",
        "transfer-encoding: chunked, gzip\r\n\r\n",
        "transfer-encoding: xchunked\r\n\r\n",
    ] {
        let text = raw_text(server.address, format!("{head}{lines}")).await;
        assert!(text.starts_with("HTTP/1.1 400"), "{lines:?}: {text}");
    }
    let chunks = "10\r\n{\"text\":\"hello\"}\r\n0\r\n\r\n";
    for lines in [
        "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n",
    ] {
        let text = raw_text(server.address, format!("{head}{lines}{chunks}")).await;
        assert!(text.starts_with("HTTP/1.1 202"), "{lines:?}: {text}");
        assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{text}");
    }
}

/// Sends a body in pieces over HTTP/2 and gives the status of the answer, if the stream was not reset before it ended.
async fn sent_over_h2(server: &TestServer, token: Option<&str>, bytes: usize) -> Option<u16> {
    let socket = tokio::net::TcpStream::connect(server.address).await.expect("the server listens");
    let (client, connection) = h2::client::handshake(socket).await.expect("the server speaks h2");
    tokio::spawn(connection);
    let mut client = client.ready().await.expect("a stream is free");
    let mut request = http::Request::post(format!("http://{}/v2/orders", server.address))
        .header("content-type", "application/json")
        .header("content-length", bytes);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(()).expect("the request is well-formed");
    let (response, mut body) = client.send_request(request, false).expect("the head is sent");
    let mut rest = bytes;
    while rest > 0 {
        let piece = rest.min(16 * 1024);
        body.reserve_capacity(piece);
        let room = tokio::time::timeout(
            Duration::from_secs(5),
            std::future::poll_fn(|context| body.poll_capacity(context)),
        );
        let Ok(Some(Ok(room))) = room.await else { return None };
        let piece = piece.min(room);
        rest -= piece;
        body.send_data(vec![b' '; piece].into(), rest == 0).ok()?;
    }
    let response = response.await.ok()?;
    let reset = std::future::poll_fn(|context| body.poll_reset(context));
    let reset = tokio::time::timeout(Duration::from_millis(200), reset).await;
    reset.is_err().then_some(response.status().as_u16())
}

/// Receives somewhat more than is taken and answers so, for operations of any size.
#[tokio::test]
async fn a_body_that_is_somewhat_too_large_does_not_reset_the_stream() {
    let server = TestServer::with(|app| app.body_limit(1024 * 1024)).await;
    let token = server.token("alice", &["customer"]);
    assert_eq!(sent_over_h2(&server, Some(&token), 1_500_000).await, Some(413));
    assert_eq!(sent_over_h2(&server, None, 1_500_000).await, Some(401));
    // Whoever sends without end is not listened to without end.
    assert_ne!(sent_over_h2(&server, None, 9_000_000).await, Some(401));
}

/// A refusal is written while the caller is still sending. If the rest of the body were dropped, HTTP/2 would
/// reset the stream, and some callers then lose the answer that they already have.
#[tokio::test]
async fn a_refusal_does_not_reset_what_is_still_being_sent() {
    let server = TestServer::start().await;
    let socket = tokio::net::TcpStream::connect(server.address).await.expect("the server listens");
    let (client, connection) = h2::client::handshake(socket).await.expect("the server speaks h2");
    tokio::spawn(connection);
    let mut client = client.ready().await.expect("a stream is free");
    let request = http::Request::post(format!("http://{}/v2/orders", server.address))
        .header("content-type", "application/json")
        .body(())
        .expect("the request is well-formed");
    let (response, mut body) = client.send_request(request, false).expect("the head is sent");
    tokio::time::sleep(Duration::from_millis(50)).await;
    body.send_data(bytes::Bytes::from_static(b"{\"text\":"), false).expect("nothing was reset");
    body.send_data(bytes::Bytes::from_static(b"\"hello\"}"), true).expect("nothing was reset");

    let response = response.await.expect("the refusal arrives");
    assert_eq!(response.status(), 401);
    let reset = std::future::poll_fn(|context| body.poll_reset(context));
    let reset = tokio::time::timeout(Duration::from_millis(200), reset).await;
    assert!(reset.is_err(), "the stream was reset: {reset:?}");
}

//! The semantics of methods, on real sockets.

mod accepted;
mod answers;
mod condition;
mod content;
mod created;
mod exists;
mod extractor;
mod query;

use reqwest::Method;

use crate::support::{
    Answer, TestServer,
    client::raw_text,
    raw,
    server::{ALICES, order},
};

fn bytes(method: &str, path: &str, more: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{more}\r\n")
}

// R111 R76
#[tokio::test]
async fn what_a_path_does_not_offer_is_405_with_what_it_does() {
    let server = TestServer::start().await;
    let order = order("v2", ALICES);
    for (method, path, allow) in [
        (Method::PUT, "/v2/orders", "GET, HEAD, POST, OPTIONS"),
        (Method::DELETE, "/v1/orders", "GET, HEAD, POST, OPTIONS"),
        (Method::POST, &*order, "GET, HEAD, PATCH, DELETE, OPTIONS"),
        (Method::GET, &format!("{order}/note"), "PUT, OPTIONS"),
        (Method::HEAD, "/v2/messages", "POST, OPTIONS"),
        (Method::TRACE, "/v2/orders", "GET, HEAD, POST, OPTIONS"),
    ] {
        let answer = Answer::of(server.request(method.clone(), path)).await;
        assert_eq!((answer.status, answer.header("allow")), (405, allow), "{method} {path}");
        if method != Method::HEAD {
            answer.is_problem(405);
        }
    }
    // In version 1 there is no DELETE of an order.
    let older = order.replace("/v2/", "/v1/");
    let answer = Answer::of(server.request(Method::DELETE, &older)).await;
    assert_eq!(answer.header("allow"), "GET, HEAD, PATCH, OPTIONS");
}

// R111
#[tokio::test]
async fn options_lists_what_is_allowed() {
    let server = TestServer::start().await;
    let answer = raw(server.address, bytes("OPTIONS", "/v2/orders", "")).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.header("allow"), "GET, HEAD, POST, OPTIONS");
    answer.has_security_headers();
    assert!(answer.maybe_header("content-length").is_none(), "RFC 9110, section 8.6");
    // R114 in part: nothing is said to other origins.
    let preflight = "origin: https://evil.example\r\naccess-control-request-method: POST\r\n";
    let answer = raw(server.address, bytes("OPTIONS", "/v2/orders", preflight)).await;
    assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    for path in ["/v2/nowhere", "/"] {
        raw(server.address, bytes("OPTIONS", path, "")).await.is_problem(404);
    }
}

// R111, RFC 9110, section 9.3.7: the server as a whole is asked by `*`.
#[tokio::test]
async fn options_of_the_server_lists_what_it_has() {
    let server = TestServer::start().await;
    let answer = raw(server.address, bytes("OPTIONS", "*", "")).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.header("allow"), "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    answer.has_security_headers();
    raw(server.address, bytes("GET", "*", "")).await.is_problem(404);
}

// R111
#[tokio::test]
async fn head_is_get_without_content() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    for path in ["/v2/parts/BOLT".to_owned(), order("v2", ALICES), "/v1/orders".to_owned()] {
        let authorization = format!("authorization: Bearer {token}\r\n");
        let get = raw(server.address, bytes("GET", &path, &authorization)).await;
        let head = raw(server.address, bytes("HEAD", &path, &authorization)).await;
        assert_eq!((get.status, head.status), (200, 200));
        assert_eq!(head.body, "");
        assert_eq!(head.header("content-length"), get.body.len().to_string());
        let names = |answer: &Answer| {
            let mut names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(names(&head), names(&get));
    }
}

// R111 R40: nothing of a request is sent back, and no tunnel is opened.
#[tokio::test]
async fn trace_and_connect_do_nothing() {
    let server = TestServer::start().await;
    let trace = raw(server.address, bytes("TRACE", "/v2/orders", "x-mark: Zq9mark\r\n")).await;
    trace.is_problem(405);
    assert!(!format!("{trace:?}").contains("Zq9mark"));
    raw(server.address, bytes("TRACE", "/nowhere", "")).await.is_problem(404);
    let tunnel = raw(server.address, bytes("CONNECT", "localhost:80", "")).await;
    tunnel.is_problem(405);
    assert_eq!(tunnel.header("allow"), "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    let text = raw_text(server.address, bytes("CONNECT", "/v2/orders", "")).await;
    let refused = ["HTTP/1.1 400", "HTTP/1.1 405"];
    assert!(refused.iter().any(|status| text.starts_with(status)), "{text}");
}

// R111 R76
#[tokio::test]
async fn a_method_that_is_unknown_is_like_any_that_a_path_does_not_offer() {
    let server = TestServer::start().await;
    for method in ["BREW", "get", "PROPFIND", "X-GET", "G", "QUERY", "Options", "PRI"] {
        let answer = raw(server.address, bytes(method, "/v2/orders", "")).await;
        answer.is_problem(405);
        assert_eq!(answer.header("allow"), "GET, HEAD, POST, OPTIONS", "{method}");
        raw(server.address, bytes(method, "/nowhere", "")).await.is_problem(404);
    }
}

// R112
#[tokio::test]
async fn what_was_created_is_found_at_its_location() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let body = r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4000"}"#;
    for version in ["v1", "v2"] {
        let path = format!("/{version}/orders");
        let created = server.send(Method::POST, Some(&token), &path, body).await;
        assert_eq!(created.status, 201);
        assert_eq!(created.header("content-type"), "application/json");
        created.has_security_headers();
        let location = created.header("location");
        assert!(location.starts_with(&format!("{path}/")), "{location}");
        let found = server.get_as(&token, location).await;
        assert_eq!(found.status, 200);
        assert_eq!(found.json()["id"], created.json()["id"]);
    }
}

// R112
#[tokio::test]
async fn put_and_delete_repeat_safely() {
    let server = TestServer::start().await;
    let (alice, support) =
        (server.token("alice", &["customer"]), server.token("sam", &["support"]));
    let path = order("v2", ALICES);
    for _ in 0..2 {
        let note = format!("{path}/note");
        let put = server.send(Method::PUT, Some(&alice), &note, r#"{"text":"new"}"#).await;
        assert_eq!((put.status, put.body.as_str()), (204, ""));
        assert!(put.maybe_header("content-type").is_none());
        put.has_security_headers();
    }
    assert_eq!(server.get_as(&alice, &path).await.json()["note"], "new");
    for status in [204, 404, 404] {
        let delete = server.request(Method::DELETE, &path).bearer_auth(&support);
        assert_eq!(Answer::of(delete).await.status, status);
    }
}

// R110: a handler that reads holds nothing that writes.
#[tokio::test]
async fn reading_writes_nothing() {
    let server = TestServer::with(|app| app.limit_scale(100)).await;
    let admin = server.token("root", &["admin", "auditor"]);
    let order = order("v2", ALICES);
    for path in ["/v2/orders", &order, "/v2/report", "/v2/parts", "/v2/parts/A", "/v2/probe"] {
        assert_eq!(server.get_as(&admin, path).await.status, 200, "{path}");
    }
    let record = server.db.take_record();
    assert!(record.contains(&"read orders") && record.contains(&"read order"), "{record:?}");
    assert!(record.iter().all(|entry| entry.starts_with("read")), "{record:?}");
}

// What each kind of result is answered with.
#[tokio::test]
async fn results_have_their_status() {
    let server = TestServer::start().await;
    let admin = server.token("root", &["admin"]);
    let post = async |below: &str| {
        let path = format!("{}{below}", order("v2", ALICES));
        Answer::of(server.request(Method::POST, &path).bearer_auth(&admin)).await
    };
    let accepted = post("/shipment").await;
    assert_eq!((accepted.status, accepted.body.as_str()), (202, ""));
    // The rule for a change, which only the owner and an admin pass.
    let performed = post("/check").await;
    assert_eq!(performed.status, 200);
    assert_eq!(performed.json()["status"], "open");
    let warehouse = server.token("walt", &["warehouse"]);
    let path = format!("{}/check", order("v2", ALICES));
    let denied = server.request(Method::POST, &path).bearer_auth(&warehouse);
    Answer::of(denied).await.is_problem(404);
    server.get("/v2/parts/NONE").await.is_problem(404);
}

//! The log of requests, and the id by which a caller can ask about one.

mod audit;
mod collector;
mod init;
mod login;
mod otel;
mod program;
mod trace;

use std::time::Duration;

use reqwest::Method;

use crate::support::{
    Answer, Log, TestServer,
    server::{ALICES, BOBS, order},
};

async fn with_id(server: &TestServer, id: &[u8]) -> Answer {
    let request = server.request(Method::GET, "/v2/parts/BOLT").header("x-request-id", id);
    Answer::of(request).await
}

fn is_new(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

// R117 in part: no subject is told.
#[tokio::test]
async fn a_request_has_an_id_in_answer_and_log() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let first = server.get("/v2/parts/BOLT").await;
    let second = server.get("/v2/orders").await;
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    for answer in [&first, &second] {
        let id = answer.header("x-request-id");
        assert!(is_new(id), "{id}");
        assert_eq!(log.lines_with(&[id]).len(), 1);
    }
    for id in ["12345678", "0af7651916cd43dd8448eb211c80319c", &"a".repeat(64)] {
        assert_eq!(with_id(&server, id.as_bytes()).await.header("x-request-id"), id);
        assert_eq!(log.lines_with(&[&format!("request_id=\"{id}\"")]).len(), 1);
    }
}

// R89: whoever makes a method up decides how much of a disk the line takes.
#[tokio::test]
async fn a_method_that_somebody_made_up_is_cut_in_the_log() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let method = reqwest::Method::from_bytes("A".repeat(10_000).as_bytes()).expect("a method");
    let answer = server.request(method, "/v2/orders").send().await.expect("an answer");
    assert_eq!(answer.status(), 405);
    let lines = log.lines_with(&["refused", "status=405"]);
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains(&format!("method={} ", "A".repeat(32))), "{}", lines[0]);
}

// R89: an id that would spoil a log or a header is not taken over.
#[tokio::test]
async fn an_id_that_is_not_safe_is_replaced() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let long = "a".repeat(65);
    for id in [
        &b"short"[..],
        long.as_bytes(),
        b"injected status=200",
        b"injected\tlevel=ERROR",
        b"injected\"quote\"",
        b"injected;drop",
        b"injected\xc3\xa9",
        b"injected\x85\x85\x85",
        b"",
    ] {
        let answer = with_id(&server, id).await;
        assert_eq!(answer.status, 200);
        assert!(is_new(answer.header("x-request-id")), "{id:?}");
    }
    assert!(!log.text().contains("injected"), "{}", log.text());
}

// R89: nothing that comes in a path, a query or a method writes lines of its own.
#[tokio::test]
async fn a_request_writes_no_lines_of_its_own() {
    let log = Log::capture();
    let server = TestServer::start().await;
    for path in
        ["/v2/parts/a%0d%0aINJECTED", "/v2/parts?like=%0aINJECTED", "/%0aINJECTED?%0aINJECTED"]
    {
        server.get(path).await.is_problem(400);
    }
    assert_eq!(log.lines_with(&["refused"]).len(), 3);
    assert!(!log.text().contains("INJECTED"), "{}", log.text());
}

// R117 in part: the vocabulary of OWASP, each with what an investigation asks first.
#[tokio::test]
async fn security_events_have_their_names() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    let auditor = server.token("alice", &["auditor"]);
    let unauthenticated = server.get("/v1/orders").await;
    let forbidden = server.get_as(&auditor, "/v2/orders").await;
    let invalid = server.send(Method::POST, Some(&alice), "/v2/orders", "{}").await;
    for _ in 0..3 {
        server.get_as(&alice, "/v2/probe").await;
    }
    let limited = server.get_as(&alice, "/v2/probe").await;
    for (answer, event, operation, version) in [
        (unauthenticated, "authn_login_fail", "list_orders", "v1"),
        (forbidden, "authz_fail", "list_orders", "v2"),
        (invalid, "input_validation_fail", "place_order", "v2"),
        (limited, "excess_rate_limit_exceeded", "probe", "v2"),
    ] {
        let id = answer.header("x-request-id");
        let lines = log.lines_with(&[id]);
        let [line] = &lines[..] else { panic!("{lines:#?}") };
        for part in [
            "WARN secure_api::security".to_owned(),
            format!("event=\"{event}\""),
            format!("operation=\"{operation}\""),
            format!("version=\"{version}\""),
            format!("status={}", answer.status),
        ] {
            assert!(line.contains(&part), "no {part} in {line}");
        }
    }
}

// R117 in part: an alarm of the input says which rules were broken, and nothing that the sender chose.
#[tokio::test]
async fn a_refused_input_is_logged_by_its_rules() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    let sent = r#"{"sender": "chosen", "items": []}"#;
    let refused = server.send(Method::POST, Some(&alice), "/v2/orders", sent).await;
    let lines = log.lines_with(&[refused.header("x-request-id")]);
    let [line] = &lines[..] else { panic!("{lines:#?}") };
    assert!(line.contains("unknown"), "{line}");
    assert!(!line.contains("sender") && !line.contains("chosen") && !line.contains('/'), "{line}");
}

// R117 in part: an alarm of a limit says which one is used up.
#[tokio::test]
async fn a_refusal_by_a_limit_is_logged_by_the_limits_name() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    for _ in 0..3 {
        assert_eq!(log.lines_with(&["excess_rate_limit_exceeded"]).len(), 0);
        server.get_as(&alice, "/v2/probe").await;
    }
    let limited = server.get_as(&alice, "/v2/probe").await;
    let lines = log.lines_with(&[limited.header("x-request-id"), "cause=\"probe-principal\""]);
    assert_eq!(lines.len(), 1, "{}", log.text());
}

// R117 in part: whoever tries another's objects is seen, though the caller is told that nothing is there.
#[tokio::test]
async fn a_denial_by_an_objects_rule_is_a_security_event() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    let denied = server.get_as(&alice, &order("v2", BOBS)).await;
    let missing = server.get_as(&alice, &order("v2", 0xD)).await;
    let events = log.lines_with(&["secure_api::security", "authz_fail"]);
    assert_eq!(events.len(), 1, "{events:#?}");
    assert!(events[0].contains(denied.header("x-request-id")), "{events:#?}");
    assert!(!events[0].contains(missing.header("x-request-id")));
}

// R117: a line says who by a keyed hash: one caller is one, whatever happens, and nobody is told by name.
#[tokio::test]
async fn a_line_names_its_caller_by_a_hash() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let [alice, again, bob] = [("alice", "customer"), ("alice", "auditor"), ("bob", "customer")]
        .map(|(name, role)| server.token(name, &[role]));
    let subject = |answer: &Answer| {
        let lines = log.lines_with(&[answer.header("x-request-id")]);
        let [line] = &lines[..] else { panic!("{lines:#?}") };
        let subject = line.split_once(" subject=").and_then(|(_, rest)| rest.split(' ').next());
        subject.map(str::to_owned)
    };
    let shown = subject(&server.get_as(&alice, &order("v2", ALICES)).await).expect("a subject");
    assert!(shown.len() == 32 && shown.bytes().all(|byte| byte.is_ascii_hexdigit()), "{shown}");
    for refused in [
        server.get_as(&alice, &order("v2", BOBS)).await,
        server.get_as(&again, "/v2/orders").await,
        server.send(Method::POST, Some(&alice), "/v2/orders", "{}").await,
    ] {
        assert!(refused.status >= 400, "{refused:#?}");
        assert_eq!(subject(&refused).as_ref(), Some(&shown), "{refused:#?}");
    }
    let bobs = subject(&server.get_as(&bob, &order("v2", BOBS)).await).expect("a subject");
    assert_ne!(bobs, shown);
    // Who is not known is nobody.
    for nobody in [server.get("/v2/parts/BOLT").await, server.get_as("no", "/v2/orders").await] {
        assert_eq!(subject(&nobody), None, "{nobody:#?}");
    }
    assert!(!log.text().contains("alice") && !log.text().contains("bob"), "{}", log.text());
}

// R117 in part: an answer is one line, without content, query and credentials.
#[tokio::test]
async fn an_answer_is_one_line() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let alice = server.token("alice", &["customer"]);
    let shown = server.get_as(&alice, &order("v2", ALICES)).await;
    let lines = log.lines_with(&[shown.header("x-request-id")]);
    let [line] = &lines[..] else { panic!("{lines:#?}") };
    for part in [
        "INFO secure_api::request",
        "method=GET",
        "operation=\"get_order\"",
        "status=200",
        "micros=",
    ] {
        assert!(line.contains(part), "no {part} in {line}");
    }
    for part in ["alice", "BOLT", "ring", "Bearer"] {
        assert!(!log.text().contains(part), "{part} is in the log");
    }
}

// What failed here is an error, what a caller did is none.
#[tokio::test]
async fn levels_tell_whose_fault_it_was() {
    let log = Log::capture();
    let server = TestServer::with(|app| app.deadline(Duration::from_millis(50))).await;
    for way in ["panic", "sleep", "inside", "store"] {
        let failed = server.get(&format!("/v2/failures/{way}")).await;
        assert_eq!(log.lines_with(&["ERROR", failed.header("x-request-id")]).len(), 1, "{way}");
    }
    let missing = server.get("/nowhere").await;
    assert_eq!(log.lines_with(&[" INFO", missing.header("x-request-id")]).len(), 1);
    assert_eq!(log.lines_with(&["ERROR"]).len(), 4);
}

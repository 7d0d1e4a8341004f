//! The trace that a request is part of: taken from its caller or begun, told to the handler and to all that is logged meanwhile.

use secure_api::prelude::*;

use crate::support::{Answer, Log, TestServer, raw};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource)]
#[view(Shown, public, fields(trace, span, parent, traceparent, tracestate))]
struct Told {
    trace: String,
    span: String,
    parent: Option<String>,
    traceparent: String,
    tracestate: Option<String>,
}

/// Tells the trace of the request.
#[get("/trace", version = Version::V1.., public = "everybody may see a trace", view = Shown)]
async fn tell(context: RequestContext) -> Told {
    tracing::info!("a line of the handler's own");
    let trace = context.trace();
    let text = |value: http::HeaderValue| value.to_str().expect("text").to_owned();
    Told {
        trace: trace.trace_id().to_owned(),
        span: trace.span_id().to_owned(),
        parent: trace.parent_id().map(str::to_owned),
        traceparent: text(trace.traceparent()),
        tracestate: trace.tracestate().map(text),
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), routes(tell), allow(unused_role, reason = "a trace is for everybody"))]
struct Traces;

const STATED: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

async fn server() -> TestServer {
    assert!(!Role::Member.holders().is_empty());
    TestServer::of(Traces::app()).await
}

async fn told(server: &TestServer, lines: &str) -> Answer {
    let head =
        format!("GET /v1/trace HTTP/1.1\r\nhost: localhost\r\n{lines}connection: close\r\n\r\n");
    raw(server.address, head).await
}

// R117 in part: W3C Trace Context.
#[tokio::test]
async fn a_trace_that_is_stated_is_gone_on_with() {
    let log = Log::capture();
    let server = server().await;
    let lines = format!("traceparent: {STATED}\r\ntracestate: a=1, b=2\r\ntracestate: c=3\r\n");
    let answer = told(&server, &lines).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    let told = answer.json();
    assert_eq!(told["trace"], "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(told["parent"], "b7ad6b7169203331");
    assert_ne!(told["span"], "b7ad6b7169203331");
    let span = told["span"].as_str().expect("text");
    assert_eq!(told["traceparent"], format!("00-0af7651916cd43dd8448eb211c80319c-{span}-01"));
    assert_eq!(told["tracestate"], "a=1,b=2,c=3");
    // What a collector joins lines by.
    let id = answer.header("x-request-id");
    let of_trace = "trace_id=\"0af7651916cd43dd8448eb211c80319c\"";
    assert_eq!(log.lines_with(&["answered", id, of_trace]).len(), 1, "{}", log.text());
    let own = log.lines_with(&["a line of the handler's own", id, of_trace, span]);
    assert_eq!(own.len(), 1, "{}", log.text());
    // The Recommendation has no such field for answers.
    assert_eq!(answer.maybe_header("traceresponse"), None);
    assert_eq!(answer.maybe_header("traceparent"), None);
}

#[tokio::test]
async fn what_is_malformed_is_taken_for_absent_and_told_to_nobody() {
    let log = Log::capture();
    let server = server().await;
    let long = format!("traceparent: {STATED}\r\ntracestate: a={}\r\n", "x".repeat(600));
    for lines in [
        String::new(),
        "traceparent: injected\r\n".to_owned(),
        format!("traceparent: {STATED}-injected\r\n"),
        format!("traceparent: {}\r\n", STATED.replace("00-0", "ff-0")),
        format!("traceparent: {STATED}\r\ntraceparent: {STATED}\r\n"),
        "traceparent: 00-00000000000000000000000000000000-b7ad6b7169203331-01\r\n".to_owned(),
        "tracestate: injected=1\r\n".to_owned(),
    ] {
        let told = told(&server, &lines).await.json();
        assert_eq!(told["parent"], serde_json::Value::Null, "{lines}");
        assert_eq!(told["tracestate"], serde_json::Value::Null, "{lines}");
        let trace = told["trace"].as_str().expect("text");
        assert!(trace.len() == 32 && trace.bytes().any(|byte| byte != b'0'), "{trace}");
        assert_ne!(trace, "0af7651916cd43dd8448eb211c80319c");
        assert!(told["traceparent"].as_str().expect("text").ends_with("-00"), "{lines}");
    }
    let told = told(&server, &long).await.json();
    assert_eq!(told["parent"], "b7ad6b7169203331");
    assert_eq!(told["tracestate"], serde_json::Value::Null);
    assert!(!log.text().contains("injected"), "{}", log.text());
}

#[tokio::test]
async fn a_refusal_has_its_trace_too() {
    let log = Log::capture();
    let server = server().await;
    let head = format!(
        "GET /v1/nowhere HTTP/1.1\r\nhost: localhost\r\ntraceparent: {STATED}\r\nconnection: close\r\n\r\n"
    );
    assert_eq!(raw(server.address, head).await.status, 404);
    let lines = log.lines_with(&["refused", "trace_id=\"0af7651916cd43dd8448eb211c80319c\""]);
    assert_eq!(lines.len(), 1, "{}", log.text());
}

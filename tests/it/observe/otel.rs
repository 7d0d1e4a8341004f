//! Spans of requests at a collector, which speaks OTLP over HTTP, as OpenTelemetry's do.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, http::HeaderMap, routing::post};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::any_value::Value,
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};
use prost::Message;
use tokio::net::TcpListener;

use super::program::Program;
use crate::support::{Answer, raw};

/// A collector on this machine.
struct Collector {
    address: SocketAddr,
    had: Arc<Mutex<Vec<Bytes>>>,
}

impl Collector {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let had = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&had);
        let take = async move |headers: HeaderMap, body: Bytes| {
            assert_eq!(headers["content-type"], "application/x-protobuf");
            kept.lock().expect("no panic").push(body);
        };
        let router = Router::new().route("/v1/traces", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, had }
    }

    fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns all that came, as bytes and as what it says.
    fn all(&self) -> (Vec<u8>, Vec<ExportTraceServiceRequest>) {
        let had = self.had.lock().expect("no panic");
        let read = |bytes: &Bytes| ExportTraceServiceRequest::decode(&**bytes).expect("a message");
        (had.concat(), had.iter().map(read).collect())
    }

    fn spans(&self) -> Vec<Span> {
        let (_, all) = self.all();
        let resources = all.into_iter().flat_map(|one| one.resource_spans);
        let scopes = resources.flat_map(|resource| resource.scope_spans);
        scopes.flat_map(|scope| scope.spans).collect()
    }
}

fn attributes(span: &Span) -> BTreeMap<&str, String> {
    let text = |value: &Value| match value {
        Value::StringValue(text) => text.clone(),
        Value::IntValue(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    let one = |pair: &opentelemetry_proto::tonic::common::v1::KeyValue| {
        pair.value.as_ref().and_then(|value| value.value.as_ref()).map(text).unwrap_or_default()
    };
    span.attributes.iter().map(|pair| (pair.key.as_str(), one(pair))).collect()
}

async fn asked(program: &Program, line: &str, fields: &str) -> Answer {
    let head = format!("{line} HTTP/1.1\r\nhost: localhost\r\n{fields}connection: close\r\n\r\n");
    raw(program.address, head).await
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const STATED: &str = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\r\n";

// R117 in part: OpenTelemetry, sent before the program ends.
#[tokio::test]
async fn a_request_is_a_span_by_the_conventions_for_http() {
    let collector = Collector::start().await;
    let endpoint = collector.endpoint();
    let program = Program::hello(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
        ("OTEL_SERVICE_NAME", "greeter"),
    ]);
    let fields = format!("{STATED}cookie: kept=for-itself\r\nuser-agent: kept-for-itself\r\n");
    asked(&program, "GET /v1/hello/somebody", &fields).await.has_status(200);
    asked(&program, "GET /v1/nowhere?kept=for-itself", "authorization: Bearer itself\r\n")
        .await
        .has_status(404);
    let lines = tokio::task::spawn_blocking(|| program.stop()).await.expect("it stops");

    let spans = collector.spans();
    let [greeted, missed] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!(greeted.name, "GET /v1/hello/{name}");
    assert_eq!(greeted.kind, SpanKind::Server as i32);
    assert_eq!(hex(&greeted.trace_id), "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(hex(&greeted.parent_span_id), "b7ad6b7169203331");
    let told = attributes(greeted);
    for (name, value) in [
        ("http.request.method", "GET"),
        ("http.route", "/v1/hello/{name}"),
        ("http.response.status_code", "200"),
        ("url.scheme", "http"),
        ("network.protocol.version", "1.1"),
    ] {
        assert_eq!(told.get(name).map(String::as_str), Some(value), "{told:#?}");
    }
    assert_eq!(missed.name, "GET");
    let told = attributes(missed);
    assert_eq!(told.get("http.response.status_code").map(String::as_str), Some("404"));
    // What a client did is no failure of the server.
    assert!(missed.status.as_ref().is_none_or(|status| status.code == StatusCode::Unset as i32));
    // The ids of the log are those of the spans.
    for span in &spans {
        let id = format!("trace_id=\"{}\"", hex(&span.trace_id));
        assert!(lines.iter().any(|line| line.contains(&id)), "{id}: {lines:#?}");
        assert!(span.events.is_empty(), "{span:#?}");
    }
    let (bytes, all) = collector.all();
    let text = String::from_utf8_lossy(&bytes);
    for kept in ["itself", "somebody", "nowhere", "127.0.0.1"] {
        assert!(!text.contains(kept), "{kept}: {text}");
    }
    let resource = all[0].resource_spans[0].resource.as_ref().expect("a resource");
    assert!(format!("{resource:?}").contains("greeter"), "{resource:?}");
}

// Whoever makes up a method makes up no name of a span, and what libraries say of a connection is none.
#[tokio::test]
async fn a_span_has_a_name_of_the_apps() {
    let collector = Collector::start().await;
    let endpoint = collector.endpoint();
    let program =
        Program::hello(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint), ("RUST_LOG", "trace")]);
    asked(&program, "BREW /v1/hello/you", "").await.has_status(405);
    let client = reqwest::Client::builder().no_proxy().http2_prior_knowledge();
    let client = client.resolve("localhost", program.address).build().expect("a client");
    let url = format!("http://localhost:{}/v1/hello/you", program.address.port());
    assert_eq!(client.get(url).send().await.expect("an answer").status(), 200);
    tokio::task::spawn_blocking(|| program.stop()).await.expect("it stops");
    let spans = collector.spans();
    let names: Vec<_> = spans.iter().map(|span| &*span.name).collect();
    assert_eq!(names, ["HTTP", "GET /v1/hello/{name}"]);
    assert_eq!(
        attributes(&spans[0]).get("http.request.method").map(String::as_str),
        Some("_OTHER")
    );
    assert!(spans.iter().all(|span| span.events.is_empty()), "{spans:#?}");
}

// The caller's flag does not say that it is not to be seen; whoever runs the app may say so.
#[tokio::test]
async fn the_environment_decides_what_is_sampled() {
    let collector = Collector::start().await;
    let endpoint = collector.endpoint();
    let program = Program::hello(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
        ("OTEL_TRACES_SAMPLER", "parentbased_always_on"),
    ]);
    asked(&program, "GET /v1/hello/you", STATED).await.has_status(200);
    let sampled = STATED.replace("-00\r", "-01\r");
    asked(&program, "GET /v1/hello/you", &sampled).await.has_status(200);
    tokio::task::spawn_blocking(|| program.stop()).await.expect("it stops");
    assert_eq!(collector.spans().len(), 1);
}

// A collector that is not there keeps no request waiting, and its absence is told.
#[tokio::test]
async fn a_collector_that_is_gone_is_told_and_nobody_waits() {
    let endpoint = Collector::start().await.endpoint().replace("127.0.0.1", "127.0.0.2");
    let program = Program::hello(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    asked(&program, "GET /v1/hello/you", STATED).await.has_status(200);
    let lines = tokio::task::spawn_blocking(|| program.stop()).await.expect("it stops");
    let told = |line: &&String| {
        line.contains("ERROR secure_api::start") && line.contains("the last spans were not sent")
    };
    assert_eq!(lines.iter().filter(told).count(), 1, "{lines:#?}");
}

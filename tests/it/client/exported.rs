//! Spans of calls, by a subscriber of an app's own.

use opentelemetry::trace::{SpanKind, Status, TracerProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use secure_api::{
    client::{SafeClient, Upstream, UpstreamError},
    prelude::*,
};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::{Layer, filter::filter_fn, layer::SubscriberExt, util::SubscriberInitExt};

use super::{
    Peer, Rates,
    peer::{json, status},
};
use crate::support::{
    Answer, TestServer,
    log::listen_everywhere,
    model::{Role, Version},
};

/// Asks for a rate.
#[post("/asked", version = Version::V1.., public = "the rates are for everybody")]
async fn ask_rates(rates: SafeClient<Rates>) -> Result<NoContent, UpstreamError> {
    rates.get(["rates", "secret"]).query("kept", "secret").done().await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), allow(unused_role, reason = "rates are for everybody"), routes(ask_rates))]
struct Asker;

fn attribute(span: &SpanData, name: &str) -> Option<String> {
    let found = span.attributes.iter().find(|pair| pair.key.as_str() == name);
    found.map(|pair| pair.value.to_string())
}

/// Asks once, and returns the spans, those that ended first before the others.
async fn spans(upstream: Upstream<Rates>) -> (Answer, Vec<SpanData>) {
    let (exporter, _guard) = exporting();
    let server = TestServer::of(Asker::app().upstream(upstream)).await;
    let answer = Answer::of(server.request(reqwest::Method::POST, "/v1/asked")).await;
    (answer, exporter.get_finished_spans().expect("spans"))
}

/// Exports the spans of this thread.
fn exporting() -> (InMemorySpanExporter, DefaultGuard) {
    listen_everywhere();
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("tests"));
    let own =
        filter_fn(|metadata| metadata.is_span() && metadata.target().starts_with("secure_api::"));
    let guard = tracing_subscriber::registry().with(layer.with_filter(own)).set_default();
    (exporter, guard)
}

// R117 in part: a call is a span below that of its request, and what is called has the one in which it is sent as its parent.
#[tokio::test]
async fn a_call_is_a_span_below_its_request() {
    let peer = Peer::start(|_, _| json("{}")).await;
    let (answer, spans) = spans(peer.upstream().retries(0)).await;
    answer.has_status(204);
    let [sent, call, request] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!((&*sent.name, &sent.span_kind), ("GET", &SpanKind::Client));
    assert_eq!((&*call.name, &call.span_kind), ("call", &SpanKind::Internal));
    assert_eq!(sent.parent_span_id, call.span_context.span_id());
    assert_eq!(attribute(call, "upstream").as_deref(), Some("Rates"), "{call:#?}");
    assert_eq!((&*request.name, &request.span_kind), ("POST /v1/asked", &SpanKind::Server));
    assert_eq!(call.parent_span_id, request.span_context.span_id());
    assert_eq!(call.span_context.trace_id(), request.span_context.trace_id());
    let traceparent = peer.asked()[0].header("traceparent").expect("a trace").to_owned();
    let own = &sent.span_context;
    assert_eq!(traceparent, format!("00-{}-{}-01", own.trace_id(), own.span_id()));
    let port = peer.address.port().to_string();
    for (name, value) in [
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("server.address", "127.0.0.1"),
        ("server.port", &port),
    ] {
        assert_eq!(attribute(sent, name).as_deref(), Some(value), "{sent:#?}");
    }
    assert_eq!(attribute(sent, "http.request.resend_count"), None);
    // Of the URL nothing else is told.
    assert!(!format!("{spans:?}").contains("secret"), "{spans:#?}");
}

#[tokio::test]
async fn a_call_that_failed_says_so() {
    let peer = Peer::start(|_, _| status(500)).await;
    let (answer, spans) = spans(peer.upstream().retries(0)).await;
    answer.is_problem(502);
    let [sent, call, request] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!(attribute(sent, "error.type").as_deref(), Some("500"), "{sent:#?}");
    assert_eq!(attribute(call, "error.type").as_deref(), Some("status"), "{call:#?}");
    for failed in [sent, call, request] {
        assert!(matches!(failed.status, Status::Error { .. }), "{failed:#?}");
    }
}

// Each attempt has the status of its own answer, and the call that of its end.
#[tokio::test]
async fn what_is_sent_again_is_a_span_of_its_own() {
    let peer = Peer::start(|times, _| if times == 0 { status(503) } else { json("{}") }).await;
    let (answer, spans) = spans(peer.upstream().retries(1)).await;
    answer.has_status(204);
    let [first, again, call, _] = &spans[..] else { panic!("{spans:#?}") };
    let told = |span, name| attribute(span, name).unwrap_or_default();
    for (span, code, error, count) in [(first, "503", "503", ""), (again, "200", "", "1")] {
        assert_eq!(told(span, "http.response.status_code"), code, "{span:#?}");
        assert_eq!(told(span, "error.type"), error, "{span:#?}");
        assert_eq!(told(span, "http.request.resend_count"), count, "{span:#?}");
        assert_eq!(span.parent_span_id, call.span_context.span_id());
    }
    assert_eq!((&call.status, told(call, "error.type")), (&Status::Unset, String::new()));
    let parents: Vec<_> =
        peer.asked().iter().map(|one| one.header("traceparent").map(str::to_owned)).collect();
    assert_ne!(parents[0], parents[1]);
}

// Whoever asked may hang up: what was sent by then says what it was.
#[tokio::test]
async fn a_call_that_is_given_up_says_so() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = silent.local_addr().expect("an address");
    let upstream = Upstream::<Rates>::at(format!("http://{address}"))
        .internal(address.to_string(), "the tests run a service on this machine");
    let (exporter, _guard) = exporting();
    let server = TestServer::of(Asker::app().upstream(upstream)).await;
    let asks = server.request(reqwest::Method::POST, "/v1/asked");
    let asks = tokio::spawn(async move { asks.send().await.map(drop) });
    let _connection = silent.accept().await.expect("it calls");
    asks.abort();
    let ended = async {
        loop {
            let spans = exporter.get_finished_spans().expect("spans");
            if let Some(sent) = spans.into_iter().find(|span| span.span_kind == SpanKind::Client) {
                return sent;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    let ended = tokio::time::timeout(std::time::Duration::from_secs(10), ended);
    let sent = ended.await.expect("it ends");
    for (name, value) in [
        ("http.request.method", "GET"),
        ("server.address", "127.0.0.1"),
        ("error.type", "cancelled"),
    ] {
        assert_eq!(attribute(&sent, name).as_deref(), Some(value), "{sent:#?}");
    }
}

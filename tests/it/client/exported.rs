//! Spans of calls, by a subscriber of an app's own.

use opentelemetry::trace::{SpanKind, Status, TracerProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use secure_api::{
    client::{SafeClient, UpstreamError},
    prelude::*,
};
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
async fn spans(peer: &Peer) -> (Answer, Vec<SpanData>) {
    listen_everywhere();
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("tests"));
    let own =
        filter_fn(|metadata| metadata.is_span() && metadata.target().starts_with("secure_api::"));
    let _guard = tracing_subscriber::registry().with(layer.with_filter(own)).set_default();
    let upstream = peer.upstream::<Rates>().retries(0);
    let server = TestServer::of(Asker::app().upstream(upstream)).await;
    let answer = Answer::of(server.request(reqwest::Method::POST, "/v1/asked")).await;
    (answer, exporter.get_finished_spans().expect("spans"))
}

// R117 in part: a call is a span below that of its request, and what is called has it as its parent.
#[tokio::test]
async fn a_call_is_a_span_below_its_request() {
    let peer = Peer::start(|_, _| json("{}")).await;
    let (answer, spans) = spans(&peer).await;
    answer.has_status(204);
    let [call, request] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!((&*call.name, &call.span_kind), ("GET", &SpanKind::Client));
    assert_eq!((&*request.name, &request.span_kind), ("POST /v1/asked", &SpanKind::Server));
    assert_eq!(call.parent_span_id, request.span_context.span_id());
    assert_eq!(call.span_context.trace_id(), request.span_context.trace_id());
    let sent = peer.asked()[0].header("traceparent").expect("a trace").to_owned();
    let own = &call.span_context;
    assert_eq!(sent, format!("00-{}-{}-01", own.trace_id(), own.span_id()));
    let port = peer.address.port().to_string();
    for (name, value) in [
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("server.address", "127.0.0.1"),
        ("server.port", &port),
    ] {
        assert_eq!(attribute(call, name).as_deref(), Some(value), "{call:#?}");
    }
    // Of the URL nothing else is told.
    assert!(!format!("{spans:?}").contains("secret"), "{spans:#?}");
}

#[tokio::test]
async fn a_call_that_failed_says_so() {
    let peer = Peer::start(|_, _| status(500)).await;
    let (answer, spans) = spans(&peer).await;
    answer.is_problem(502);
    let [call, request] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!(attribute(call, "error.type").as_deref(), Some("500"), "{call:#?}");
    for failed in [call, request] {
        assert!(matches!(failed.status, Status::Error { .. }), "{failed:#?}");
    }
}

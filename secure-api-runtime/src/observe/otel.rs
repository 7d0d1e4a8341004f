//! Spans of requests for OpenTelemetry, by the semantic conventions for HTTP, sent by OTLP as the environment says.
//!
//! A span has no path, no query, no header and no address: the route stands for the path. Lines of the log stay in the log.

use std::{env, sync::OnceLock, time::Duration};

use http::{Method, StatusCode};
use opentelemetry::{
    Context,
    trace::{
        SpanContext, SpanId, Status, TraceContextExt, TraceFlags, TraceId, TraceState,
        TracerProvider,
    },
};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tokio::{task::spawn_blocking, time::timeout};
use tracing::{Level, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};
use url::Url;

use super::Trace;

/// The time in which the last spans are to be sent when the server has stopped.
const FLUSHED: Duration = Duration::from_secs(5);

/// The provider of the process, where it exports.
static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// The libraries that an export itself goes through: were their spans exported, each export would make others.
const BELOW: [&str; 7] =
    ["h2", "hyper", "hyper_util", "opentelemetry", "reqwest", "rustls", "tower"];

/// Returns the layer that exports, where the environment says to where.
///
/// # Errors
///
/// What keeps the exporter from being made.
pub(super) fn layer<S>() -> Result<Option<impl Layer<S>>, ExporterBuildError>
where
    S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
{
    let states = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !states("OTEL_EXPORTER_OTLP_ENDPOINT") && !states("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
        return Ok(None);
    }
    let exporter =
        SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary).build()?;
    let mut provider = SdkTracerProvider::builder().with_batch_exporter(exporter);
    if !states("OTEL_TRACES_SAMPLER") {
        // By default the flag of the caller would decide, and whoever attacks would say that nothing is to be seen.
        provider = provider.with_sampler(Sampler::AlwaysOn);
    }
    let provider = PROVIDER.get_or_init(|| provider.build());
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("secure-api"))
        .with_level(false)
        .with_location(false)
        .with_target(false)
        .with_threads(false)
        .with_tracked_inactivity(false);
    let is_exported = filter_fn(|metadata| {
        let own = metadata.target().split("::").next().unwrap_or_default();
        metadata.is_span() && *metadata.level() <= Level::INFO && !BELOW.contains(&own)
    });
    Ok(Some(layer.with_filter(is_exported)))
}

/// Begins the span of a request in a collector: it is part of the trace that was stated, and the trace takes the span's id. Where nobody
/// exports, the trace is what it was.
pub(crate) fn adopt(span: &Span, trace: &mut Trace) {
    if let Some(parent) = remote(trace) {
        // The error is that nobody exports.
        let _ = span.set_parent(Context::new().with_remote_span_context(parent));
    }
    take_over(span, trace);
}

/// Returns the trace as it is within another span of it.
#[cfg(feature = "client")]
pub(crate) fn within(span: &Span, trace: &Trace) -> Trace {
    let mut trace = trace.clone();
    take_over(span, &mut trace);
    trace
}

/// Takes the ids of a span that is exported into a trace, whose next calls are part of it.
fn take_over(span: &Span, trace: &mut Trace) {
    let context = span.context();
    let context = context.span();
    let own = context.span_context();
    if own.is_valid() {
        trace.set(own.trace_id().to_bytes(), own.span_id().to_bytes(), own.is_sampled());
    }
}

/// Returns the span of whoever called.
fn remote(trace: &Trace) -> Option<SpanContext> {
    let span = SpanId::from_hex(trace.parent_id()?).ok()?;
    let id = TraceId::from_hex(trace.trace_id()).ok()?;
    let flags = TraceFlags::default().with_sampled(trace.is_sampled());
    let state =
        trace.tracestate().and_then(|state| state.to_str().ok()?.parse::<TraceState>().ok());
    Some(SpanContext::new(id, span, flags, true, state.unwrap_or_default()))
}

/// The facts of a request that a collector is told, by the names of the conventions.
pub(crate) struct Facts<'a> {
    pub(crate) method: &'a Method,
    pub(crate) scheme: Option<&'static str>,
    pub(crate) protocol: &'static str,
    /// The path of the operation as it was declared, with its version.
    pub(crate) route: Option<String>,
    /// The origin that the app is found at, where it says so.
    pub(crate) origin: Option<&'a str>,
}

/// Tells the collector of a request that was answered.
pub(crate) fn answered(span: &Span, facts: Facts<'_>, status: StatusCode) {
    let Facts { method, scheme, protocol, route, origin } = facts;
    let method = known(method);
    span.set_attribute("http.request.method", method);
    span.set_attribute("network.protocol.version", protocol);
    if let Some(scheme) = scheme {
        span.set_attribute("url.scheme", scheme);
    }
    if let Some(url) = origin.and_then(|origin| Url::parse(origin).ok()) {
        server(span, &url);
    }
    let name = match (method, &route) {
        ("_OTHER", _) => "HTTP".to_owned(),
        (method, Some(route)) => format!("{method} {route}"),
        (method, None) => method.to_owned(),
    };
    span.context().span().update_name(name);
    if let Some(route) = route {
        span.set_attribute("http.route", route);
    }
    span.set_attribute("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        span.set_attribute("error.type", status.as_str().to_owned());
        span.set_status(Status::error(""));
    }
}

/// Begins the span of a request that is sent to another service, after so many of the same call.
#[cfg(feature = "client")]
pub(crate) fn sending(method: &Method, url: Option<&Url>, before: u32) -> Span {
    let span = tracing::info_span!(target: "secure_api::client", "send", otel.kind = "client");
    if span.is_disabled() {
        return span;
    }
    let method = known(method);
    span.context().span().update_name(method);
    span.set_attribute("http.request.method", method);
    if before > 0 {
        span.set_attribute("http.request.resend_count", i64::from(before));
    }
    if let Some(url) = url {
        server(&span, url);
    }
    span
}

/// Tells the collector the status that another service answered with. To whoever asks, one of the client's failures is one, too.
#[cfg(feature = "client")]
pub(crate) fn replied(span: &Span, status: StatusCode) {
    span.set_attribute("http.response.status_code", i64::from(status.as_u16()));
    if status.is_client_error() || status.is_server_error() {
        span.set_attribute("error.type", status.as_str().to_owned());
        span.set_status(Status::error(""));
    }
}

/// Tells the collector that a call failed, by one of a few kinds.
#[cfg(feature = "client")]
pub(crate) fn failed(span: &Span, kind: &'static str) {
    span.set_attribute("error.type", kind);
    span.set_status(Status::error(""));
}

/// Returns the method as the conventions have it: whoever makes one up makes no name of a span.
fn known(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"];
    known.into_iter().find(|known| *known == method.as_str()).unwrap_or("_OTHER")
}

fn server(span: &Span, url: &Url) {
    span.set_attribute("server.address", url.host_str().unwrap_or_default().to_owned());
    span.set_attribute("server.port", i64::from(url.port_or_known_default().unwrap_or(0)));
}

/// Sends the spans that wait.
pub(crate) async fn flush() {
    let Some(provider) = PROVIDER.get() else { return };
    let sent = timeout(FLUSHED, spawn_blocking(|| provider.force_flush())).await;
    if !matches!(sent, Ok(Ok(Ok(())))) {
        tracing::error!(target: "secure_api::start", "the last spans were not sent");
    }
}

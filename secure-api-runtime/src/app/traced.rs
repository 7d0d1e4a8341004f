//! The span of one exchange: what is said meanwhile has the ids of its request, and a collector of traces is told how it went.

use http::{StatusCode, request::Parts};
use tracing::{Span, field::Empty};

use super::{record::Record, shared::Shared};
#[cfg(feature = "otel")]
use crate::{base_url::BaseUrl, observe, serve::Transport};

/// Begins the span of a request, which ends when it is dropped.
pub(super) fn begin(record: &mut Record<'_>) -> Span {
    #[cfg(not(feature = "otel"))]
    let span = tracing::info_span!(
        target: "secure_api::request",
        "request",
        request_id = record.id.as_str(),
        trace_id = Empty,
        span_id = Empty,
    );
    #[cfg(feature = "otel")]
    let span = tracing::info_span!(
        target: "secure_api::request",
        "request",
        request_id = record.id.as_str(),
        trace_id = Empty,
        span_id = Empty,
        otel.kind = "server",
    );
    if !span.is_disabled() {
        #[cfg(feature = "otel")]
        observe::adopt(&span, &mut record.trace);
        span.record("trace_id", record.trace.trace_id());
        span.record("span_id", record.trace.span_id());
    }
    span
}

/// Tells the collector how a request ended; a log has a line of it.
#[cfg(not(feature = "otel"))]
pub(super) fn end(_: &Span, _: &Shared, _: &Parts, _: &Record<'_>, _: StatusCode) {}

/// Tells the collector how a request ended; a log has a line of it.
#[cfg(feature = "otel")]
pub(super) fn end(
    span: &Span,
    shared: &Shared,
    parts: &Parts,
    record: &Record<'_>,
    status: StatusCode,
) {
    if span.is_disabled() {
        return;
    }
    let scheme = record.client.transport.map(|transport| match transport {
        Transport::Tls => "https",
        Transport::Plain => "http",
    });
    let facts = observe::Facts {
        method: &parts.method,
        scheme,
        protocol: if parts.version == http::Version::HTTP_2 { "2" } else { "1.1" },
        route: route(record),
        origin: shared.settings.base_url.as_ref().map(BaseUrl::origin),
    };
    observe::answered(span, facts, status);
}

/// Returns the path of an operation as it was declared, with its version.
#[cfg(feature = "otel")]
fn route(record: &Record<'_>) -> Option<String> {
    let route = record.watched.route?;
    let table = route.versions.table();
    let version = table.versions.iter().find(|version| version.segment == record.version())?;
    Some(table.address(version, route.path))
}

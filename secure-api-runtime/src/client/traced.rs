//! The trace that a call is part of: the fields that carry it on, and the call's own span in it.

use http::HeaderMap;
use tracing::{Instrument, Span};

use super::{
    connector::{Call, Connector},
    error::Why,
    safe::Origin,
};
#[cfg(feature = "otel")]
use crate::observe;
use crate::observe::{TRACEPARENT, TRACESTATE};

/// Carries a call out in a span of its own.
pub(super) async fn call(
    connector: &Connector,
    call: &Call,
    origin: &Origin,
) -> Result<Vec<u8>, Why> {
    let span = begin(connector.stated.name);
    let fields = fields(connector, origin, &span);
    let outcome = connector.call(call, origin, &fields).instrument(span.clone()).await;
    #[cfg(feature = "otel")]
    {
        // Where an address is a user's, it is not for others to read.
        let url = connector.stated.base.as_ref();
        let failure = outcome.as_ref().err().map(Why::kind);
        observe::called(&span, &call.method, url, failure);
    }
    outcome
}

#[cfg(not(feature = "otel"))]
fn begin(upstream: &'static str) -> Span {
    tracing::info_span!(target: "secure_api::client", "call", upstream)
}

#[cfg(feature = "otel")]
fn begin(upstream: &'static str) -> Span {
    tracing::info_span!(target: "secure_api::client", "call", upstream, otel.kind = "client")
}

/// Returns the fields of the trace that a call is part of. An address that a user gave is told of none.
#[cfg_attr(
    not(feature = "otel"),
    allow(unused_variables, reason = "only a collector knows its span")
)]
fn fields(connector: &Connector, origin: &Origin, span: &Span) -> HeaderMap {
    let mut fields = HeaderMap::new();
    if let Some(trace) = origin.trace.as_ref().filter(|_| connector.stated.base.is_some()) {
        #[cfg(feature = "otel")]
        let trace = observe::within(span, trace);
        fields.insert(TRACEPARENT, trace.traceparent());
        fields.extend(trace.tracestate().map(|state| (TRACESTATE, state)));
    }
    fields
}

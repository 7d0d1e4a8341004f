//! The trace that a call is part of: a span for the call, one below it for each time that it is sent, and the fields that carry it on.

use http::{HeaderMap, StatusCode};
use tracing::{Instrument, Span};
use url::Url;

use super::{
    connector::{Call, Connector},
    error::Why,
    safe::Origin,
};
use crate::observe::{self, TRACEPARENT, TRACESTATE};

/// Carries a call out in a span of its own.
pub(super) async fn call(
    connector: &Connector,
    call: &Call,
    origin: &Origin,
) -> Result<Vec<u8>, Why> {
    let upstream = connector.stated.name;
    let span = tracing::info_span!(target: "secure_api::client", "call", upstream);
    let mut open = Open { span: span.clone(), is_over: false };
    let outcome = connector.call(call, origin).instrument(span).await;
    open.is_over = true;
    if let Err(why) = &outcome {
        observe::failed(&open.span, why.kind());
    }
    outcome
}

/// A span that is told to be cancelled, unless it is over when it is dropped.
struct Open {
    span: Span,
    is_over: bool,
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.is_over {
            observe::failed(&self.span, "cancelled");
        }
    }
}

/// One time that a call is sent, in a span of its own: it may be sent again, or elsewhere.
pub(super) struct Sending(Open);

impl Sending {
    /// Begins to send a call to this URL, after so many times before.
    pub(super) fn begin(connector: &Connector, call: &Call, url: &Url, before: u32) -> Self {
        // Where an address is a user's, it is not for others to read.
        let url = connector.stated.base.as_ref().map(|_| url);
        Self(Open { span: observe::sending(&call.method, url, before), is_over: false })
    }

    /// Returns its span.
    pub(super) fn span(&self) -> Span {
        self.0.span.clone()
    }

    /// Returns the fields of the trace that it is part of. An address that a user gave is told of none.
    pub(super) fn fields(&self, connector: &Connector, origin: &Origin) -> HeaderMap {
        let mut fields = HeaderMap::new();
        if let Some(trace) = origin.trace.as_ref().filter(|_| connector.stated.base.is_some()) {
            let trace = observe::within(&self.0.span, trace);
            fields.insert(TRACEPARENT, trace.traceparent());
            fields.extend(trace.tracestate().map(|state| (TRACESTATE, state)));
        }
        fields
    }

    /// Tells that it was answered.
    pub(super) fn answered(&mut self, status: StatusCode) {
        self.0.is_over = true;
        observe::replied(&self.0.span, status);
    }

    /// Tells that it failed. Of a status that was told already.
    pub(super) fn failed(&mut self, why: &Why) {
        self.0.is_over = true;
        if !matches!(why, Why::Status(_)) {
            observe::failed(&self.0.span, why.kind());
        }
    }
}

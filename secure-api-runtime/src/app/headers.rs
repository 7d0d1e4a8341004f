//! The headers that every answer carries, an early refusal as much as a success. Built once.

use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

use crate::{observe::REQUEST_ID, serve::Transport};

/// What an API's answers tell a browser: nothing may run, frame, sniff, refer to or embed them.
const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::VARY, HeaderValue::from_static("accept, authorization")),
];

static CONTENT_SECURITY_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Two years, as browsers' preload lists ask for (RFC 6797).
static STRICT_TRANSPORT_SECURITY: HeaderValue =
    HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Adds them. A policy or cache rule that the answer states itself stays.
pub(super) fn finish(response: &mut Response, id: HeaderValue, transport: Option<Transport>) {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| CONTENT_SECURITY_POLICY.clone());
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // RFC 6797, section 7.2: not over a connection that is known to be plaintext.
    if transport != Some(Transport::Plain) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY.clone());
    }
    headers.insert(&REQUEST_ID, id);
}

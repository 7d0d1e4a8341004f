//! The headers that every answer carries, an early refusal as much as a success.

use axum::response::Response;
use http::{HeaderName, HeaderValue, header, header::Entry};

use crate::{observe::REQUEST_ID, serve::Transport};

/// The headers of every answer: browsers may not run, frame, sniff, refer to, embed or keep it. The policy alone
/// refuses framing: browsers that know `X-Frame-Options` and no policy are gone.
const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::VARY, HeaderValue::from_static("accept, authorization")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// Two years, as browsers' preload lists ask for (RFC 6797).
const STRICT_TRANSPORT_SECURITY: HeaderValue =
    HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Adds them to an answer. A policy or cache rule that the answer states itself stays.
///
/// RFC 6797, section 7.2: a browser is told to insist on encryption only where there is some. A request that did not come
/// through our own server is taken to have come encrypted.
pub(super) fn finish(response: &mut Response, id: HeaderValue, transport: Option<Transport>) {
    let headers = response.headers_mut();
    // Once, where the answer was made without room for them.
    headers.reserve(ALWAYS.len() + 2);
    for (name, value) in ALWAYS {
        if let Entry::Vacant(free) = headers.entry(name) {
            free.insert(value);
        }
    }
    if transport != Some(Transport::Plain) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
    }
    headers.insert(&REQUEST_ID, id);
}

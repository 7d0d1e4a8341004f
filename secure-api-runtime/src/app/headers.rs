//! The headers that every answer carries, an early refusal as much as a success. Built once.

use std::sync::LazyLock;

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{observe::REQUEST_ID, serve::Transport};

/// What an API's answers tell a browser: nothing may run, frame, sniff, refer to, embed or keep them.
const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
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

/// Over a connection that is known to be plaintext. A request that did not come through our own server is
/// taken to have come encrypted.
static PLAIN: LazyLock<HeaderMap> = LazyLock::new(|| ALWAYS.into_iter().collect());

/// RFC 6797, section 7.2: a browser is told to insist on encryption only where there is some.
static ENCRYPTED: LazyLock<HeaderMap> = LazyLock::new(|| {
    let mut headers = PLAIN.clone();
    headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
    headers
});

/// Adds them. A policy or cache rule that the answer states itself stays.
pub(super) fn finish(response: &mut Response, id: HeaderValue, transport: Option<Transport>) {
    let ours = if transport == Some(Transport::Plain) { &PLAIN } else { &ENCRYPTED };
    // Copying the many that are always the same and adding the few of the answer is less work than the
    // other way around.
    let stated = std::mem::replace(response.headers_mut(), HeaderMap::clone(ours));
    let headers = response.headers_mut();
    // A name is given once; values after its first one come without.
    let mut name = None;
    for (next, value) in stated {
        match (next, &name) {
            (Some(next), _) => {
                headers.insert(next.clone(), value);
                name = Some(next);
            }
            (None, Some(name)) => {
                headers.append(name, value);
            }
            (None, None) => {}
        }
    }
    headers.insert(&REQUEST_ID, id);
}

//! Headers of requests that no kind of credentials has for its own: others send them, or they say something else.

use crate::proxies::TELL_ADDRESS;

/// Returns `true` for a header that is sent by browsers and proxies on their own, or that says something else.
pub(super) fn is_taken(header: &str) -> bool {
    TAKEN.contains(&header)
        || TELL_ADDRESS.contains(&header)
        || TAKEN_FAMILIES.iter().any(|start| header.starts_with(start))
}

/// Headers of requests with a meaning of their own (RFC 9110 and its registry), and those that are the framework's.
const TAKEN: &[&str] = &[
    "authorization",
    "cache-control",
    "connection",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "dpop",
    "early-data",
    "expect",
    "forwarded",
    "from",
    "host",
    "idempotency-key",
    "keep-alive",
    "max-forwards",
    "origin",
    "pragma",
    "prefer",
    "priority",
    "range",
    "referer",
    "set-cookie",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "vary",
    "via",
    "warning",
    "www-authenticate",
    "x-request-id",
];

/// The beginnings of further ones.
const TAKEN_FAMILIES: &[&str] = &[
    "accept",
    "access-control-",
    "client-cert",
    "content-",
    "if-",
    "proxy-",
    "sec-",
    "x-forwarded-",
];

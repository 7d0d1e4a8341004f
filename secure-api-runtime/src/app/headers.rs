//! The header fields that every answer carries, an early refusal as much as a success.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::serve::Transport;

/// The fields that tell a browser what it may do with an answer of an API: it may not run, frame, sniff, refer to, embed or
/// keep it, nor use what the machine has. That nothing may frame it is said by the policy alone: browsers that know `X-Frame-Options` and no policy are
/// gone.
pub(super) const ALWAYS: [(HeaderName, HeaderValue); 7] = [
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
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Two years, as browsers' preload lists ask for (RFC 6797).
const STRICT_TRANSPORT_SECURITY: HeaderValue =
    HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// The fields that all answers of a version or of an operation have in common, put together once: a copy of a map costs
/// less than finding the place of each field in one.
pub(super) struct Common {
    plain: HeaderMap,
    encrypted: HeaderMap,
}

impl Common {
    /// Joins the fields that every answer has and these.
    pub(super) fn with(stated: Vec<(&'static str, HeaderValue)>) -> Self {
        /// Room for these and an answer's own: a map is then less than three quarters full, and so does not grow.
        const ROOM: usize = 24;

        let mut plain = HeaderMap::with_capacity(ROOM);
        plain.extend(ALWAYS);
        for (name, value) in stated {
            plain.append(HeaderName::from_static(name), value);
        }
        let mut encrypted = plain.clone();
        encrypted.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
        Self { plain, encrypted }
    }

    /// Returns a copy for an answer that leaves by this transport.
    ///
    /// RFC 6797, section 7.2: a browser is told to insist on encryption only where there is some. A request that did not
    /// come through our own server is taken to have come encrypted.
    pub(super) fn over(&self, transport: Option<Transport>) -> HeaderMap {
        match transport {
            Some(Transport::Plain) => self.plain.clone(),
            Some(Transport::Tls) | None => self.encrypted.clone(),
        }
    }
}

//! The pages of other origins that may read answers (CORS, <https://fetch.spec.whatwg.org/#http-cors-protocol>).
//!
//! It stands here and not in a layer before the app: a preflight is answered with the verbs of its very path, and a request
//! of an app that allows no origin pays one comparison. Credentials that a browser adds by itself are never allowed: callers
//! present a token, which the page has to say.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{headers::ALWAYS, host::Host};
use crate::{identity::Kind, rendered::Rendered};

/// The fields of a request that a page may set beyond those it always may.
const MAY_SEND: &str = "authorization, content-type, idempotency-key, if-match, if-modified-since, if-none-match, if-range, \
                        if-unmodified-since, range, traceparent, tracestate, x-request-id";

/// Returns the fields of a request that a page may set: those of all apps, those that these kinds of credentials have of
/// their own, and those that inputs read.
pub(super) fn may_send<'k>(
    kinds: impl Iterator<Item = &'k Kind>,
    read: &[HeaderName],
) -> HeaderValue {
    let always = |name: &&str| !MAY_SEND.split(", ").any(|known| known == *name);
    let read = read.iter().map(HeaderName::as_str).filter(always).map(|name| format!(", {name}"));
    let own = kinds.filter_map(Kind::further_header).map(|name| format!(", {name}"));
    let fields = MAY_SEND.to_owned() + &own.chain(read).collect::<String>();
    // Names of fields are tokens.
    HeaderValue::from_str(&fields).unwrap_or(HeaderValue::from_static(MAY_SEND))
}

/// The fields of an answer that a page may read.
const MAY_READ: [&str; 18] = [
    "accept",
    "accept-patch",
    "accept-ranges",
    "allow",
    "content-disposition",
    "content-range",
    "deprecation",
    "etag",
    "idempotency-replayed",
    "link",
    "link-template",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "sunset",
    "www-authenticate",
    "x-request-id",
];

/// The time that a browser remembers a preflight: an hour. They allow two at most, and what is allowed changes with a release.
const MAX_AGE: HeaderValue = HeaderValue::from_static("3600");

/// The origin of a request of an app that allows some.
pub(super) enum Origin {
    /// The app allows none.
    NobodyAsks,
    /// None of those that are allowed.
    Other,
    /// One that is allowed.
    Allowed(HeaderValue),
}

impl Origin {
    /// Returns the origin of a request.
    pub(super) fn of(headers: &HeaderMap, allowed: &[String]) -> Self {
        if allowed.is_empty() {
            return Self::NobodyAsks;
        }
        let mut origins = headers.get_all(header::ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (Some(origin), None) if allowed.iter().any(|allowed| *origin == **allowed) => {
                Self::Allowed(origin.clone())
            }
            _ => Self::Other,
        }
    }

    /// Adds to an answer, when it has all its other fields, that its page may read it.
    pub(super) fn write(self, fields: &mut HeaderMap) {
        let origin = match self {
            Self::NobodyAsks => return,
            Self::Other => None,
            Self::Allowed(origin) => Some(origin),
        };
        if let Some(origin) = origin {
            fields.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            fields.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, may_read(fields));
        }
    }

    /// Adds to the answer to `OPTIONS` what its page may send.
    pub(super) fn preflight(
        &self,
        headers: &HeaderMap,
        allow: &HeaderValue,
        may_send: &HeaderValue,
        answer: &mut Rendered,
    ) {
        if let Self::Allowed(_) = self
            && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        {
            let fields: [(HeaderName, HeaderValue); 3] = [
                (header::ACCESS_CONTROL_ALLOW_METHODS, allow.clone()),
                (header::ACCESS_CONTROL_ALLOW_HEADERS, may_send.clone()),
                (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE),
            ];
            for (name, value) in fields {
                answer.field(name, value);
            }
        }
    }
}

/// Returns the fields that the page of an answer may read: those that answers of an API have, and whatever else this one has
/// that is not for the browser alone.
fn may_read(fields: &HeaderMap) -> HeaderValue {
    let for_pages = |name: &&str| {
        let for_browsers = ALWAYS.iter().any(|(known, _)| known == name)
            || *name == header::STRICT_TRANSPORT_SECURITY
            || *name == header::CONNECTION;
        !for_browsers && !name.starts_with("access-control-")
    };
    let mut names = MAY_READ.to_vec();
    names.extend(fields.keys().map(HeaderName::as_str).filter(for_pages));
    names.sort_unstable();
    names.dedup();
    // Names of fields are visible ASCII.
    HeaderValue::from_str(&names.join(", ")).unwrap_or(HeaderValue::from_static("etag"))
}

/// Returns `true` where a text is an origin as browsers send it, of a page that nobody on the way can change: encrypted, or
/// on this machine.
pub(super) fn is_origin(text: &str) -> bool {
    let Ok(url) = url::Url::parse(text) else { return false };
    let local = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let safe = url.scheme() == "https" || (url.scheme() == "http" && local);
    let named = text.split_once("://").is_some_and(|(_, host)| Host::parse(host).is_some());
    safe && named && url.origin().ascii_serialization() == text
}

#[cfg(test)]
mod tests {
    use super::is_origin;

    #[test]
    fn an_origin_is_written_as_browsers_send_it() {
        for text in [
            "https://app.example",
            "https://app.example:8443",
            "http://localhost:5173",
            "http://127.0.0.1",
            "http://[::1]:8080",
        ] {
            assert!(is_origin(text), "{text}");
        }
        for text in [
            "*",
            "null",
            "",
            "app.example",
            "https://app.example/",
            "https://App.example",
            "https://app.example:443",
            "https://u@app.example",
            "https://*.example",
            "http://app.example",
            "https://app.example/x",
            "file://x",
            "https://a, https://b",
        ] {
            assert!(!is_origin(text), "{text}");
        }
    }
}

//! Request ids and the security log, for people who run the server.
//!
//! Nothing here takes a credential, a body or a query string; what is not passed in cannot be logged.

use std::{
    hash::Hasher,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use siphasher::sip128::{Hasher128, SipHasher24};
use uuid::{Builder, Uuid};

use crate::error::Problem;

/// Carries the request id, in both directions.
pub static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Returns the id of a request: the caller's own, if it is one that is safe to repeat, else a new one.
pub fn request_id(headers: &HeaderMap) -> HeaderValue {
    let acceptable = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        (8..=64).contains(&bytes.len())
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    if let Some(value) = headers.get(&REQUEST_ID).filter(acceptable) {
        return value.clone();
    }
    let mut text = Uuid::encode_buffer();
    let text = next_id().hyphenated().encode_lower(&mut text);
    // A hyphenated UUID is visible ASCII.
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("unknown"))
}

/// Returns a new id. Asking the system for randomness would cost each request a call of the kernel, so the process asks
/// once, and counts: a pseudorandom function of the number is as hard to guess, and no two are the same by anything but
/// chance.
fn next_id() -> Uuid {
    static KEYED: LazyLock<SipHasher24> =
        LazyLock::new(|| SipHasher24::new_with_key(Uuid::new_v4().as_bytes()));
    static NUMBER: AtomicU64 = AtomicU64::new(0);

    let mut hasher = *KEYED;
    hasher.write_u64(NUMBER.fetch_add(1, Ordering::Relaxed));
    Builder::from_random_bytes(hasher.finish128().as_bytes()).into_uuid()
}

/// The log's record of a refusal. On an answer for [`testing`](crate::testing) only, and never sent.
#[cfg(feature = "testing")]
#[derive(Debug, Clone)]
pub(crate) struct Logged(pub(crate) String);

/// The log's record of one request, filled while it passes the stages and written when it ends.
#[derive(Debug)]
pub struct Seen {
    method: http::Method,
    operation: &'static str,
    version: &'static str,
    start: std::time::Instant,
}

impl Seen {
    /// Creates the record of a request that has just arrived.
    pub fn new(method: &http::Method) -> Self {
        let start = std::time::Instant::now();
        Self { method: method.clone(), operation: "", version: "", start }
    }

    /// Notes the operation that the request is about.
    pub fn operation(&mut self, name: &'static str, version: &'static str) {
        self.operation = name;
        self.version = version;
    }

    /// Logs an answer of a handler or a document.
    pub fn answered(&self, id: &HeaderValue, status: StatusCode) {
        tracing::info!(
            target: "secure_api::request",
            request_id = text(id),
            method = %self.method,
            operation = self.operation,
            version = self.version,
            status = status.as_u16(),
            micros = self.micros(),
            "answered"
        );
    }

    /// Logs a refusal. What the caller has done is a warning, what failed here is an error.
    pub fn refused(&self, id: &HeaderValue, problem: &Problem) {
        let status = problem.kind().status();
        let cause = problem.cause().map(ToString::to_string).unwrap_or_default();
        let event = problem.security_event().or_else(|| security_event(status));
        // A level and a target are constants of an event, so each event has a place of its own.
        macro_rules! tell {
            ($level:ident, $target:literal, $what:literal $(, $event:ident)?) => {
                tracing::$level!(
                    target: $target,
                    $($event,)?
                    request_id = text(id),
                    method = %self.method,
                    operation = self.operation,
                    version = self.version,
                    status = status.as_u16(),
                    micros = self.micros(),
                    problem = problem.kind().uri(),
                    cause,
                    $what
                )
            };
        }
        match event {
            _ if status.is_server_error() => tell!(error, "secure_api::request", "failed"),
            Some(event) => tell!(warn, "secure_api::security", "refused", event),
            None => tell!(info, "secure_api::request", "refused"),
        }
    }

    fn micros(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}

/// Returns the event of OWASP's logging vocabulary that a refusal is, if it concerns security.
fn security_event(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::UNAUTHORIZED => Some("authn_login_fail"),
        StatusCode::FORBIDDEN => Some("authz_fail"),
        StatusCode::TOO_MANY_REQUESTS => Some("excess_rate_limit_exceeded"),
        StatusCode::UNPROCESSABLE_ENTITY => Some("input_validation_fail"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_ids_are_the_same_and_none_tells_the_next() {
        let ids: HashSet<Uuid> = (0..10_000).map(|_| next_id()).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| id.get_version_num() == 4));
        // Neighbours differ in about half of their 122 bits.
        let differing = |_| (next_id().as_u128() ^ next_id().as_u128()).count_ones();
        assert!((0..1000).map(differing).all(|bits| (20..103).contains(&bits)));
    }
}

//! Request ids and the security log, for people who run the server.
//!
//! Nothing here takes a credential, a body or a query string; what is not passed in cannot be logged.

use std::{
    fmt,
    hash::Hasher,
    net::IpAddr,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use siphasher::sip128::{Hasher128, SipHasher24};
use uuid::{Builder, Uuid};

use crate::{
    error::{Problem, problem},
    fingerprint::random_key,
};

/// Carries the request id, in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of one request, in place: whoever keeps it copies it.
#[derive(Clone, Copy)]
pub struct RequestId {
    text: [u8; LONGEST],
    length: usize,
}

/// Bytes of the longest id that a caller may give.
const LONGEST: usize = 64;

impl RequestId {
    /// Returns the caller's own id, if it is one that is safe to repeat, else a new one.
    pub fn of(headers: &HeaderMap) -> Self {
        let acceptable = |id: &&[u8]| {
            (8..=LONGEST).contains(&id.len())
                && id.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        };
        let own = headers.get(&REQUEST_ID).map(HeaderValue::as_bytes);
        let mut text = [0; LONGEST];
        let length = match own.filter(acceptable) {
            Some(own) => {
                text[..own.len()].copy_from_slice(own);
                own.len()
            }
            None => next_id().hyphenated().encode_lower(&mut text).len(),
        };
        Self { text, length }
    }

    /// Returns the text: letters, digits and hyphens.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.length]).unwrap_or_default()
    }

    /// Returns the text as the value of a header field.
    pub(crate) fn header(&self) -> HeaderValue {
        // Letters, digits and hyphens are what a field may hold.
        HeaderValue::from_bytes(&self.text[..self.length])
            .unwrap_or(HeaderValue::from_static("unknown"))
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns a new id. Asking the system for randomness would cost each request a call of the kernel, so the process asks
/// once, and counts: a pseudorandom function of the number is as hard to guess, and no two are the same by anything but
/// chance.
fn next_id() -> Uuid {
    static KEYED: LazyLock<SipHasher24> =
        LazyLock::new(|| SipHasher24::new_with_key(&random_key()));
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
    /// The address of its client.
    client: Option<IpAddr>,
    /// `true` if the operation takes credentials.
    credential: bool,
}

impl Seen {
    /// Creates the record of a request that has just arrived.
    pub fn new(method: &http::Method, client: Option<IpAddr>) -> Self {
        Self { method: method.clone(), operation: "", version: "", client, credential: false }
    }

    /// Notes the operation that the request is about.
    pub fn operation(&mut self, name: &'static str, version: &'static str, credential: bool) {
        self.operation = name;
        self.version = version;
        self.credential = credential;
    }

    /// Logs an answer of a handler or a document, after so many microseconds. The subject tells who called, and nothing of them.
    pub fn answered(
        &self,
        id: &RequestId,
        status: StatusCode,
        micros: u64,
        subject: Option<impl fmt::Display>,
    ) {
        let subject = subject.map(tracing::field::display);
        tracing::info!(
            target: "secure_api::request",
            subject,
            request_id = id.as_str(),
            method = %self.method,
            operation = self.operation,
            version = self.version,
            status = status.as_u16(),
            micros,
            "answered"
        );
    }

    /// Logs a refusal, after so many microseconds. What callers have done is a warning, what failed here is an error.
    pub fn refused(
        &self,
        id: &RequestId,
        problem: &Problem,
        micros: u64,
        subject: Option<impl fmt::Display>,
    ) {
        let subject = subject.map(tracing::field::display);
        let status = problem.kind().status();
        let cause = problem.logged();
        let event = problem.security_event().or_else(|| self.security_event(problem));
        // A level and a target are constants of an event, so each event has a place of its own.
        macro_rules! tell {
            ($level:ident, $target:literal, $what:literal $(, $own:ident)*) => {
                tracing::$level!(
                    target: $target,
                    $($own,)*
                    subject,
                    request_id = id.as_str(),
                    method = %self.method,
                    operation = self.operation,
                    version = self.version,
                    status = status.as_u16(),
                    micros,
                    problem = problem.kind().uri(),
                    cause,
                    $what
                )
            };
        }
        // An alarm, or a firewall, asks who it was; other lines need not name anybody.
        let client = self.client.map(tracing::field::display);
        match event {
            // Nothing failed: it is out as it was announced, and nobody is to be called for it.
            _ if problem.kind() == &problem::BROWNOUT => {
                tell!(info, "secure_api::request", "refused");
            }
            // Before failures: a refusal for want of room is none.
            Some(event) => tell!(warn, "secure_api::security", "refused", event, client),
            _ if status.is_server_error() => tell!(error, "secure_api::request", "failed"),
            None => tell!(info, "secure_api::request", "refused"),
        }
    }

    /// Returns the event of OWASP's logging vocabulary that a refusal is, if it concerns security. A 422 of the handler's own
    /// says what the app means by it: of an operation that takes credentials, that they are wrong.
    fn security_event(&self, problem: &Problem) -> Option<&'static str> {
        match problem.kind().status() {
            StatusCode::UNAUTHORIZED => Some("authn_login_fail"),
            StatusCode::FORBIDDEN => Some("authz_fail"),
            StatusCode::TOO_MANY_REQUESTS => Some("excess_rate_limit_exceeded"),
            StatusCode::UNPROCESSABLE_ENTITY => {
                let ours = [
                    &problem::INVALID_INPUT,
                    &problem::IDEMPOTENCY_MISMATCH,
                    &problem::WEAK_PASSWORD,
                ];
                match ours.contains(&problem.kind()) {
                    true => Some("input_validation_fail"),
                    false => self.credential.then_some("authn_login_fail"),
                }
            }
            _ => None,
        }
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

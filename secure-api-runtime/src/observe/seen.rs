//! The log's record of one request.

use std::{fmt, net::IpAddr};

use http::StatusCode;
use tracing::field::{DisplayValue, display};

use super::{Audited, Event, RequestId, Trace};
use crate::error::{Problem, problem};

/// The log's record of a refusal. On an answer for [`testing`](crate::testing) only, and never sent.
#[cfg(feature = "testing")]
#[derive(Debug, Clone)]
pub(crate) struct Logged(pub(crate) String);

/// The bytes of a method that are told: whoever makes one up fills no log with it.
const METHOD: usize = 32;

/// Logs the fields that each request has, between those that some have. A level and a target are constants of an event, so each event
/// has a place of its own.
macro_rules! tell {
    ($level:ident, $target:literal, $what:literal, $line:ident, [$($before:ident),*], [$($behind:ident),*]) => {
        tracing::$level!(
            target: $target,
            $($before,)*
            subject = $line.subject,
            request_id = $line.id.as_str(),
            trace_id = $line.trace.trace_id(),
            method = %short($line.seen.method.as_str(), METHOD),
            operation = $line.seen.operation,
            version = $line.seen.version,
            status = $line.status.as_u16(),
            micros = $line.micros,
            $($behind,)*
            $what
        )
    };
}

/// The fields that the line of each request has.
struct Line<'a, S: fmt::Display> {
    seen: &'a Seen,
    id: &'a RequestId,
    trace: &'a Trace,
    status: StatusCode,
    micros: u64,
    subject: Option<DisplayValue<S>>,
}

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
        (id, trace): (&RequestId, &Trace),
        status: StatusCode,
        micros: u64,
        subject: Option<impl fmt::Display>,
    ) {
        let subject = subject.map(display);
        let line = Line { seen: self, id, trace, status, micros, subject };
        tell!(info, "secure_api::request", "answered", line, [], []);
    }

    /// Logs a refusal, after so many microseconds. What callers have done is a warning, what failed here is an error.
    pub fn refused(
        &self,
        (id, trace): (&RequestId, &Trace),
        problem: &Problem,
        event: Option<&'static str>,
        micros: u64,
        subject: Option<impl fmt::Display>,
    ) {
        let (status, subject) = (problem.kind().status(), subject.map(display));
        let line = Line { seen: self, id, trace, status, micros, subject };
        let (kind, cause) = (problem.kind(), problem.logged());
        let problem = kind.uri();
        // An alarm, or a firewall, asks who it was; other lines need not name anybody.
        let client = self.client.map(display);
        match event {
            // Nothing failed: it is out as it was announced, and nobody is to be called for it.
            None if kind == &problem::BROWNOUT => {
                tell!(info, "secure_api::request", "refused", line, [], [problem, cause]);
            }
            // Before failures: a refusal for want of room is none.
            Some(event) => tell!(
                warn,
                "secure_api::security",
                "refused",
                line,
                [event, client],
                [problem, cause]
            ),
            _ if status.is_server_error() => {
                tell!(error, "secure_api::request", "failed", line, [], [problem, cause])
            }
            None => tell!(info, "secure_api::request", "refused", line, [], [problem, cause]),
        }
    }

    /// Returns the event of OWASP's logging vocabulary that a refusal is, if it concerns security.
    pub fn event(&self, problem: &Problem) -> Option<&'static str> {
        if problem.kind() == &problem::BROWNOUT {
            return None;
        }
        problem.security_event().or_else(|| self.security_event(problem))
    }

    /// Adds a refusal to the audit stream: what the log has of it, with its address as a hash.
    pub(crate) fn audit(
        &self,
        audited: &Audited,
        (id, trace): (&RequestId, &Trace),
        problem: &Problem,
        event: &'static str,
        subject: Option<String>,
    ) {
        audited.tell(&Event {
            event,
            description: "refused",
            request_id: Some(id.as_str()),
            trace_id: Some(trace.trace_id()),
            subject,
            address: audited.address(self.client),
            request_method: Some(short(self.method.as_str(), METHOD)),
            operation: Some(self.operation).filter(|name| !name.is_empty()),
            version: Some(self.version).filter(|version| !version.is_empty()),
            status: Some(problem.kind().status().as_u16()),
            problem: Some(problem.kind().uri()),
            // It may be as long as whoever is refused likes, and what waits has room for so many lines.
            reason: Some(short(&problem.logged(), 512)),
            ..Event::default()
        });
    }

    /// Returns the event that a refusal is by its status. A 422 of the handler's own says
    /// what the app means by it: of an operation that takes credentials, that they are wrong.
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

/// Returns the begin of a text, of at most so many bytes.
pub(super) fn short(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

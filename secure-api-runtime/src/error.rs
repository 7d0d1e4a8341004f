//! Refusals: RFC 9457 problem documents with constant texts.
//!
//! A [`Problem`] has two faces. The public one is a `&'static` [`ProblemType`], prepared headers and, for
//! input, the places that were wrong. The private one is the cause, which goes to the log and nowhere else.

use std::{borrow::Cow, collections::BTreeSet, fmt};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::rendered::Rendered;

mod kind;
mod panicked;
pub(crate) mod stage;
mod start;

pub use kind::{ProblemType, problem};
pub(crate) use panicked::discard_panic;
pub(crate) use stage::stage_of;
pub use start::{StartError, StartProblem};

/// The challenge of whoever presents nothing (RFC 6750, section 3). All of an app is one protection space, so its realm is a
/// constant, which tells nothing of it.
pub(crate) const CHALLENGE: &str = "Bearer realm=\"api\"";

/// One place in the input that is wrong: where, by JSON Pointer (RFC 6901) or parameter name, and which rule.
///
/// The rule's text is composed from the rule, never from what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidField {
    /// JSON Pointer into the body, as `/items/0/qty`, or the name of a query parameter.
    pub pointer: String,
    /// The rule that was broken, as a stable word: `unknown`, `required`, `type`, `range`, …
    pub code: &'static str,
    /// The rule in words, for people.
    pub detail: Cow<'static, str>,
}

/// A refusal of a request. Made by the framework's stages and, from an `ApiError`, by handlers.
pub struct Problem(Box<Inner>);

struct Inner {
    kind: &'static ProblemType,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The sentence about this refusal, where its kind leaves open what is wrong.
    detail: Option<&'static str>,
    errors: Vec<InvalidField>,
    /// Names of exhausted rate limit policies, for the `violated-policies` member.
    violated: Vec<&'static str>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// The security event that it is, where its status does not say so.
    event: Option<&'static str>,
    /// The stage that refuses, where its kind does not say so.
    stage: Option<&'static str>,
}

impl Problem {
    /// Creates a problem of this kind, with nothing further to say.
    pub fn new(kind: &'static ProblemType) -> Self {
        Self(Box::new(Inner {
            kind,
            headers: Vec::new(),
            detail: None,
            errors: Vec::new(),
            violated: Vec::new(),
            cause: None,
            event: None,
            stage: None,
        }))
    }

    /// Creates a 503 for this reason, to be tried again after five seconds: a part that a decision needs did not answer,
    /// or not in time.
    pub(crate) fn unavailable(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(&problem::UNAVAILABLE).retry_after(5).because(why)
    }

    /// Adds what is logged, and never sent.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// Adds what is wrong with the request, for its sender and the log alike: a constant that reveals nothing but what was
    /// sent is to be.
    #[must_use]
    pub(crate) fn saying(mut self, detail: &'static str) -> Self {
        self.0.detail = Some(detail);
        self.because(detail)
    }

    /// Says which event of the security log it is: a refusal that looks like 404 is one all the same.
    #[must_use]
    pub(crate) fn event(mut self, event: &'static str) -> Self {
        self.0.event = Some(event);
        self
    }

    /// Says which [stage] refuses, where another one mostly does by a problem of this kind.
    #[must_use]
    pub(crate) fn at(mut self, stage: &'static str) -> Self {
        self.0.stage = Some(stage);
        self
    }

    /// Returns the stage that refuses.
    pub(crate) fn stage(&self) -> &'static str {
        self.0.stage.unwrap_or_else(|| stage_of(self.0.kind.uri()))
    }

    /// Returns the event of the security log that this refusal is.
    pub(crate) fn security_event(&self) -> Option<&'static str> {
        self.0.event
    }

    /// Adds a response header, such as `WWW-Authenticate`, `Allow` or `Retry-After`.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// Adds `Retry-After` in whole seconds, at least one.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)))
    }

    /// Adds the places that were wrong.
    #[must_use]
    pub fn errors(mut self, errors: Vec<InvalidField>) -> Self {
        self.0.errors = errors;
        self
    }

    /// Adds the names of the rate limit policies that were exhausted.
    #[must_use]
    pub fn violated(mut self, policies: Vec<&'static str>) -> Self {
        self.0.violated = policies;
        self
    }

    /// Returns the problem type.
    pub fn kind(&self) -> &'static ProblemType {
        self.0.kind
    }

    /// Returns the cause, for the log only.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.cause.as_deref()
    }

    /// Returns the places of the input that were wrong.
    pub(crate) fn places(&self) -> &[InvalidField] {
        &self.0.errors
    }

    /// Returns what the log says of it: the cause, or else the rules that the input broke, or the limits that are used up. Places
    /// of the input stay out of it, since the name of an entry is its sender's.
    pub(crate) fn logged(&self) -> String {
        match self.cause() {
            Some(cause) => cause.to_string(),
            None => {
                let rules = self.0.errors.iter().map(|field| field.code);
                let all: BTreeSet<_> = rules.chain(self.0.violated.iter().copied()).collect();
                Vec::from_iter(all).join(", ")
            }
        }
    }

    fn body(&self) -> Bytes {
        let inner = &self.0;
        let mut document = serde_json::Map::new();
        document.insert("type".into(), inner.kind.uri().into());
        document.insert("title".into(), inner.kind.title().into());
        document.insert("status".into(), inner.kind.status().as_u16().into());
        if let Some(detail) = inner.detail {
            document.insert("detail".into(), detail.into());
        }
        if !inner.violated.is_empty() {
            document.insert("violated-policies".into(), inner.violated.clone().into());
        }
        if !inner.errors.is_empty() {
            let errors = inner.errors.iter().map(|error| {
                serde_json::json!({
                    "pointer": error.pointer,
                    "code": error.code,
                    "detail": error.detail,
                })
            });
            document.insert("errors".into(), errors.collect());
        }
        if let (Some(cause), true) = (&inner.cause, crate::weakened::is("cause")) {
            document.insert("cause".into(), cause.to_string().into());
        }
        Bytes::from(serde_json::Value::Object(document).to_string())
    }
}

/// The cause of a failure for the log: an error, or a text.
#[diagnostic::on_unimplemented(
    message = "SA405: `{Self}` is no error that a log could tell",
    label = "neither an error nor a text",
    note = "implement `std::error::Error` for it, or hold a text: `String` in place of `{Self}`"
)]
pub trait Cause: Sized {
    /// Wraps this in a problem of this kind, itself inside for the log.
    #[doc(hidden)]
    fn within(self, kind: &'static ProblemType) -> Problem;

    /// Wraps this in a problem that only the log is told of.
    #[doc(hidden)]
    fn internal(self) -> Problem {
        self.within(&problem::INTERNAL)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Into<Box<dyn std::error::Error + Send + Sync>>> Cause for T {
    fn within(self, kind: &'static ProblemType) -> Problem {
        Problem::new(kind).because(self)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("kind", &self.0.kind)
            .field("errors", &self.0.errors)
            .field("cause", &self.0.cause)
            .finish_non_exhaustive()
    }
}

impl Problem {
    /// Returns the answer that tells of it.
    pub(crate) fn rendered(&self) -> Rendered {
        let media = HeaderValue::from_static("application/problem+json");
        let mut rendered = Rendered::of(self.0.kind.status(), media, self.body());
        for (name, value) in &self.0.headers {
            rendered.field(name.clone(), value.clone());
        }
        for (name, value) in self.asked_for() {
            if self.0.headers.iter().all(|(known, _)| *known != name) {
                rendered.field(name, value);
            }
        }
        rendered
    }

    /// Returns the fields that RFC 9110 asks for with its status, where nobody has said another: the challenge of 401,
    /// which is that of the only scheme there is, and the time to wait.
    fn asked_for(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let challenge = (self.0.kind.status() == StatusCode::UNAUTHORIZED)
            .then(|| (header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE)));
        let retries = self.0.kind.retries();
        challenge
            .into_iter()
            .chain(retries.map(|seconds| (header::RETRY_AFTER, HeaderValue::from(seconds))))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut common = HeaderMap::new();
        common.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        self.rendered().into_response(common, false).map(Body::from)
    }
}

/// An app's own errors, derived on an enum. What a caller sees of one is a constant [`ProblemType`]; what
/// caused it is for the log.
#[diagnostic::on_unimplemented(
    message = "SA401: `{Self}` says nothing a caller may be told",
    label = "this error has no problem types",
    note = "write `StoreError` in place of `sqlx::Error` and its like, `String`, `Box<dyn Error>` and `anyhow::Error`: `?` and `into()` make it of any error and of a text",
    note = "write `#[derive(ApiError)]` above an enum of your own, and `#[problem(status = 409, title = \"It is sold out\")]` above each of its variants; a status or a text is such a variant"
)]
pub trait ApiError: Sized {
    /// Returns the problem types that it can become, for the document.
    fn problems() -> Vec<&'static ProblemType>;

    /// Converts this error into a problem, with its cause inside for the log.
    fn into_problem(self) -> Problem;
}

impl ApiError for std::convert::Infallible {
    fn problems() -> Vec<&'static ProblemType> {
        Vec::new()
    }

    fn into_problem(self) -> Problem {
        match self {}
    }
}

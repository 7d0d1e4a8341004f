//! Refusals: RFC 9457 problem documents with constant texts.
//!
//! A [`Problem`] has two faces. The public one is a `&'static` [`ProblemType`], prepared headers and, for
//! input, the places that were wrong. The private one is the cause, which goes to the log and nowhere else.

use std::{borrow::Cow, fmt};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::rendered::Rendered;

/// One kind of problem: status, stable type URI and constant title (RFC 9457, section 3.1).
///
/// Only an error status can be stated: anything else does not compile when the value is a constant.
///
/// ```
/// # use secure_api_runtime::error::ProblemType;
/// const OUT_OF_STOCK: ProblemType = ProblemType::new(409, "urn:problem-type:out-of-stock", "Out of stock");
/// assert_eq!(OUT_OF_STOCK.status().as_u16(), 409);
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct ProblemType {
    status: u16,
    uri: &'static str,
    title: &'static str,
}

impl ProblemType {
    /// Creates a problem type. Panics unless `status` is 400 to 599, which a constant turns into a compile error.
    #[track_caller]
    pub const fn new(status: u16, uri: &'static str, title: &'static str) -> Self {
        assert!(status >= 400 && status <= 599, "a problem has a status from 400 to 599");
        Self { status, uri, title }
    }

    /// Returns the HTTP status it is answered with.
    pub fn status(&self) -> StatusCode {
        // `new` admits nothing that `StatusCode` does not.
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Returns the URI that identifies it, stable across releases.
    pub const fn uri(&self) -> &'static str {
        self.uri
    }

    /// Returns the sentence for people, the same for every occurrence.
    pub const fn title(&self) -> &'static str {
        self.title
    }
}

/// The problem types that the framework itself answers with. An app's own are derived by `ApiError`.
pub mod problem {
    use super::ProblemType;

    macro_rules! problems {
        ($($(#[$doc:meta])* $name:ident = $status:literal, $uri:literal, $title:literal;)*) => {
            $($(#[$doc])* pub static $name: ProblemType = ProblemType::new($status, $uri, $title);)*
            /// All of them, for documents and tests.
            pub static ALL: &[&ProblemType] = &[$(&$name),*];
        };
    }

    problems! {
        /// The request cannot be read as HTTP or JSON at all.
        MALFORMED = 400, "urn:problem-type:secure-api:malformed", "The request is malformed";
        /// A query parameter is unknown, repeated or has no valid value.
        INVALID_QUERY = 400, "urn:problem-type:secure-api:invalid-query", "A query parameter is not acceptable";
        /// The operation needs one `Idempotency-Key`: a string in quotes.
        IDEMPOTENCY_KEY = 400, "urn:problem-type:secure-api:idempotency-key", "An Idempotency-Key in quotes is required";
        /// No credentials were presented, or those presented are not valid.
        UNAUTHENTICATED = 401, "urn:problem-type:secure-api:unauthenticated", "Authentication is required";
        /// The caller is known and may not do this.
        FORBIDDEN = 403, "urn:problem-type:secure-api:forbidden", "The caller may not do this";
        /// Nothing is here, or nothing that this caller may know of.
        NOT_FOUND = 404, "urn:problem-type:secure-api:not-found", "Not found";
        /// The resource does not offer this method; `Allow` lists those it does.
        METHOD_NOT_ALLOWED = 405, "urn:problem-type:secure-api:method-not-allowed", "The method is not allowed here";
        /// No representation fits the request's `Accept`.
        NOT_ACCEPTABLE = 406, "urn:problem-type:secure-api:not-acceptable", "Only application/json is offered";
        /// The body did not arrive in time.
        REQUEST_TIMEOUT = 408, "urn:problem-type:secure-api:request-timeout", "The request took too long to arrive";
        /// The state of the resource does not allow it.
        CONFLICT = 409, "urn:problem-type:secure-api:conflict", "The resource is not in a state that allows this";
        /// The step before this one is missing, used, too old or too recent.
        OUT_OF_ORDER = 409, "urn:problem-type:secure-api:out-of-order", "A step comes before this one";
        /// The first request with this `Idempotency-Key` has no answer yet.
        IDEMPOTENCY_IN_FLIGHT = 409, "urn:problem-type:secure-api:idempotency-in-flight", "A request with this Idempotency-Key is still being carried out";
        /// The request was carried out, and its answer is not to be had again.
        IDEMPOTENCY_DONE = 409, "urn:problem-type:secure-api:idempotency-done", "The request with this Idempotency-Key was carried out, and its answer cannot be repeated";
        /// The version, or the operation itself, is past its sunset (RFC 8594).
        SUNSET = 410, "urn:problem-type:secure-api:sunset", "This is no longer served";
        /// The resource is not in the state that `If-Match` names.
        PRECONDITION_FAILED = 412, "urn:problem-type:secure-api:precondition-failed", "The resource has changed";
        /// The body is larger than the route accepts.
        TOO_LARGE = 413, "urn:problem-type:secure-api:too-large", "The request body is too large";
        /// The body is not of a media type the route reads; `Accept` lists those it does.
        UNSUPPORTED_MEDIA_TYPE = 415, "urn:problem-type:secure-api:unsupported-media-type", "The media type is not supported";
        /// The request names a host this server does not answer for.
        MISDIRECTED = 421, "urn:problem-type:secure-api:misdirected", "This server does not answer for that host";
        /// The body was read and says something that is not allowed; `errors` lists where.
        INVALID_INPUT = 422, "urn:problem-type:secure-api:invalid-input", "The request body is not acceptable";
        /// The `Idempotency-Key` came with another request before.
        IDEMPOTENCY_MISMATCH = 422, "urn:problem-type:secure-api:idempotency-mismatch", "The Idempotency-Key was used for another request";
        /// The operation needs `If-Match`, so that nobody's change is lost (RFC 6585).
        PRECONDITION_REQUIRED = 428, "urn:problem-type:secure-api:precondition-required", "If-Match is required";
        /// A rate limit is used up; `Retry-After` says for how long.
        QUOTA_EXCEEDED = 429, "https://iana.org/assignments/http-problem-types#quota-exceeded", "The rate limit is used up";
        /// Something failed here, and the log knows what.
        INTERNAL = 500, "urn:problem-type:secure-api:internal", "The server failed";
        /// The method is not one this server knows.
        NOT_IMPLEMENTED = 501, "urn:problem-type:secure-api:not-implemented", "The method is not implemented";
        /// A part that a decision needs cannot be reached, or the deadline passed.
        UNAVAILABLE = 503, "urn:problem-type:secure-api:unavailable", "Temporarily unavailable";
    }
}

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
    errors: Vec<InvalidField>,
    /// Names of exhausted rate limit policies, for the `violated-policies` member.
    violated: Vec<&'static str>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// The security event that it is, where its status does not say so.
    event: Option<&'static str>,
}

impl Problem {
    /// Creates a problem of this kind, with nothing further to say.
    pub fn new(kind: &'static ProblemType) -> Self {
        Self(Box::new(Inner {
            kind,
            headers: Vec::new(),
            errors: Vec::new(),
            violated: Vec::new(),
            cause: None,
            event: None,
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

    /// Says which event of the security log it is: a refusal that looks like 404 is one all the same.
    #[must_use]
    pub(crate) fn event(mut self, event: &'static str) -> Self {
        self.0.event = Some(event);
        self
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

    fn body(&self) -> Bytes {
        let inner = &self.0;
        let mut document = serde_json::Map::new();
        document.insert("type".into(), inner.kind.uri.into());
        document.insert("title".into(), inner.kind.title.into());
        document.insert("status".into(), inner.kind.status.into());
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
        Bytes::from(serde_json::Value::Object(document).to_string())
    }
}

/// The cause of a failure for the log: an error, or a text.
#[diagnostic::on_unimplemented(
    message = "SA405: `{Self}` is no error that a log could tell",
    label = "neither an error nor a text",
    note = "implement `std::error::Error` for it, or hold a text"
)]
pub trait Cause: Sized {
    /// Wraps this in a problem of this kind, itself inside for the log.
    fn within(self, kind: &'static ProblemType) -> Problem;

    /// Wraps this in a problem that only the log is told of.
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
        rendered
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut common = HeaderMap::new();
        common.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        self.rendered().into_response(common, false).map(Body::new)
    }
}

/// An app's own errors, derived on an enum. What a caller sees of one is a constant [`ProblemType`]; what
/// caused it is for the log.
#[diagnostic::on_unimplemented(
    message = "SA401: `{Self}` says nothing a caller may be told",
    label = "this error has no problem types",
    note = "add `#[derive(ApiError)]` to it and give each variant `#[problem(status = …, title = \"…\")]`"
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

/// One reason why an app does not start. All of them are reported together, before a socket opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartProblem {
    /// The diagnostic's code, as `SA201`.
    pub code: &'static str,
    /// The mistake, in one line.
    pub text: String,
    /// The remedy.
    pub help: &'static str,
}

/// Everything that keeps an app from starting.
#[derive(PartialEq, Eq)]
pub struct StartError(pub(crate) Vec<StartProblem>);

impl StartError {
    /// Returns the reasons, in the order they were found.
    pub fn problems(&self) -> &[StartProblem] {
        &self.0
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "the app does not start: {count} problem{}", if count == 1 { "" } else { "s" })?;
        for problem in &self.0 {
            write!(f, "\n{}: {}\n  help: {}", problem.code, problem.text, problem.help)?;
        }
        Ok(())
    }
}

// `fn main() -> Result<(), StartError>` prints the `Debug` form, so that one is for people too.
impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StartError {}

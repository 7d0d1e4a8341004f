//! The kinds of problems: status, type and title, and those that the framework answers with.

use http::StatusCode;

/// One kind of problem: status, stable type URI and constant title (RFC 9457, section 3.1).
///
/// Only an error status can be stated: anything else does not compile when the value is a constant.
///
/// ```
/// use secure_api::error::ProblemType;
/// const OUT_OF_STOCK: ProblemType = ProblemType::new(409, "urn:problem-type:out-of-stock", "Out of stock");
/// assert_eq!(OUT_OF_STOCK.status().as_u16(), 409);
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct ProblemType {
    status: u16,
    uri: &'static str,
    title: &'static str,
    retry_after: Option<u32>,
}

impl ProblemType {
    /// Creates a problem type. Panics unless `status` is 400 to 599, which a constant turns into a compile error.
    ///
    /// So do the statuses whose answers carry a field that only the framework knows (RFC 9110): 405, 407, 408, 415, 416
    /// and 426. That of 401 is the framework's challenge; [`retry_after`](Self::retry_after) says that of 429 and 503.
    #[track_caller]
    pub const fn new(status: u16, uri: &'static str, title: &'static str) -> Self {
        assert!(
            !matches!(status, 405 | 407 | 408 | 415 | 416 | 426),
            "this status is answered with a field that a handler cannot say"
        );
        Self::of(status, uri, title)
    }

    #[track_caller]
    const fn of(status: u16, uri: &'static str, title: &'static str) -> Self {
        assert!(status >= 400 && status <= 599, "a problem has a status from 400 to 599");
        Self { status, uri, title, retry_after: None }
    }

    /// States the seconds after which the request may be sent again, at least one: `Retry-After`. Panics for a status of
    /// which it says nothing, that is all but 413, 429 and 503.
    #[must_use]
    #[track_caller]
    pub const fn retry_after(self, seconds: u32) -> Self {
        assert!(
            matches!(self.status, 413 | 429 | 503),
            "only 413, 429 and 503 say when the request may be sent again"
        );
        Self { retry_after: Some(if seconds == 0 { 1 } else { seconds }), ..self }
    }

    /// Returns the seconds after which the request may be sent again, where it may: those stated, or five.
    pub(super) const fn retries(&self) -> Option<u32> {
        match (self.retry_after, self.status) {
            (None, 429 | 503) => Some(5),
            (stated, _) => stated,
        }
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
            $($(#[$doc])* pub static $name: ProblemType = ProblemType::of($status, $uri, $title);)*
            /// All of them, for documents and tests.
            pub static ALL: &[&ProblemType] = &[$(&$name),*];
        };
    }

    problems! {
        /// The request cannot be read as HTTP or JSON at all.
        MALFORMED = 400, "urn:problem-type:secure-api:malformed", "The request is malformed";
        /// A query parameter is unknown, repeated or has no valid value.
        INVALID_QUERY = 400, "urn:problem-type:secure-api:invalid-query", "A query parameter is not acceptable";
        /// The request states no version where one has to be, or one that is not served.
        UNKNOWN_VERSION = 400, "urn:problem-type:secure-api:unknown-version", "The request has to state a version that is served";
        /// A header field that the operation reads is missing, repeated or has no valid value.
        INVALID_HEADER = 400, "urn:problem-type:secure-api:invalid-header", "A header is not acceptable";
        /// A cookie that the operation reads is missing, repeated or has no valid value.
        INVALID_COOKIE = 400, "urn:problem-type:secure-api:invalid-cookie", "A cookie is not acceptable";
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
        NOT_ACCEPTABLE = 406, "urn:problem-type:secure-api:not-acceptable", "None of the media types that are accepted is offered";
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
        /// The request was cut at its deadline, and nobody knows how far it came.
        IDEMPOTENCY_UNDECIDED = 409, "urn:problem-type:secure-api:idempotency-undecided", "Nobody knows if the request with this Idempotency-Key was carried out";
        /// The version, or the operation itself, is past its sunset (RFC 8594).
        SUNSET = 410, "urn:problem-type:secure-api:sunset", "This is no longer served";
        /// A condition of the request does not hold: the resource is not in the state that `If-Match` names, or is there
        /// where `If-None-Match` says that it is not, or nobody can say.
        PRECONDITION_FAILED = 412, "urn:problem-type:secure-api:precondition-failed", "A condition of the request does not hold";
        /// The body is larger than the route accepts.
        TOO_LARGE = 413, "urn:problem-type:secure-api:too-large", "The request body is too large";
        /// The path and the query have more than 8 KiB together.
        TARGET_TOO_LONG = 414, "urn:problem-type:secure-api:target-too-long", "The request target is too long";
        /// The body is not of a media type the route reads; `Accept` lists those it does.
        UNSUPPORTED_MEDIA_TYPE = 415, "urn:problem-type:secure-api:unsupported-media-type", "The media type is not supported";
        /// No range that is asked for is within the file; `Content-Range` says how long it is.
        RANGE_NOT_SATISFIABLE = 416, "urn:problem-type:secure-api:range-not-satisfiable", "The ranges are not to be had of this file";
        /// The request names a host this server does not answer for.
        MISDIRECTED = 421, "urn:problem-type:secure-api:misdirected", "This server does not answer for that host";
        /// The body was read and says something that is not allowed; `errors` lists where.
        INVALID_INPUT = 422, "urn:problem-type:secure-api:invalid-input", "The request body is not acceptable";
        /// A new password is too short, too long, or one that everybody knows; `detail` says which.
        WEAK_PASSWORD = 422, "urn:problem-type:secure-api:weak-password", "The password is not acceptable";
        /// The credentials to sign in by do not hold: one text for whatever is wrong with them.
        WRONG_CREDENTIALS = 422, "urn:problem-type:secure-api:wrong-credentials", "The credentials are not valid";
        /// The `Idempotency-Key` came with another request before.
        IDEMPOTENCY_MISMATCH = 422, "urn:problem-type:secure-api:idempotency-mismatch", "The Idempotency-Key was used for another request";
        /// The operation needs `If-Match`, so that nobody's change is lost (RFC 6585).
        PRECONDITION_REQUIRED = 428, "urn:problem-type:secure-api:precondition-required", "If-Match is required";
        /// A rate limit is used up; `Retry-After` says for how long.
        QUOTA_EXCEEDED = 429, "https://iana.org/assignments/http-problem-types#quota-exceeded", "The rate limit is used up";
        /// The caller behaved strangely, and may less than its limits say; `Retry-After` says for how long.
        ABNORMAL_USAGE = 429, "https://iana.org/assignments/http-problem-types#abnormal-usage-detected", "The usage is not what it normally is";
        /// The request has more than 100 header fields.
        TOO_MANY_FIELDS = 431, "urn:problem-type:secure-api:too-many-fields", "The request has too many header fields";
        /// Something failed here, and the log knows what.
        INTERNAL = 500, "urn:problem-type:secure-api:internal", "The server failed";
        /// Another service that this depends on did not answer as it should.
        UPSTREAM = 502, "urn:problem-type:secure-api:upstream", "A service that this depends on failed";
        /// More requests are under way than there is room for; `Retry-After` says when to try again.
        REDUCED_CAPACITY = 503, "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity", "Too much is under way";
        /// The operation is deprecated, and out for a short time that was announced; `Retry-After` says until when.
        BROWNOUT = 503, "urn:problem-type:secure-api:brownout", "This is deprecated, and out of service for a short while";
        /// A part that a decision needs cannot be reached, or the deadline passed.
        UNAVAILABLE = 503, "urn:problem-type:secure-api:unavailable", "Temporarily unavailable";
        /// Another service that this depends on did not answer in time.
        UPSTREAM_TIMEOUT = 504, "urn:problem-type:secure-api:upstream-timeout", "A service that this depends on is too slow";
    }
}

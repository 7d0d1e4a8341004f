//! One exchange: a request goes through the stages, and its answer gets the fields that every answer has.

use std::panic::AssertUnwindSafe;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Request, header, request::Parts};

use super::{
    body::discard,
    operation::{Fixed, Matched, Shared},
    stages::stages,
};
use crate::{
    error::{Problem, problem},
    limit::Quota,
    observe,
    serve::Transport,
};

/// The record of one request while it passes the stages: its id, the quota it was charged to, what the log is told.
pub(super) struct Record {
    pub(super) id: HeaderValue,
    pub(super) quota: Quota,
    pub(super) seen: observe::Seen,
}

/// Runs one request through everything. `matched` is asked once the request is known to be well-formed.
pub(super) async fn run<'a>(
    shared: &'a Shared,
    mut headers: &'a [(HeaderName, HeaderValue)],
    request: Request<Body>,
    matched: impl FnOnce(&Parts) -> Matched<'a>,
) -> Response {
    let (parts, mut body) = request.into_parts();
    let mut record = Record {
        id: observe::request_id(&parts.headers),
        quota: Quota::new(),
        seen: observe::Seen::new(&parts.method),
    };
    let transport = parts.extensions.get::<Transport>().copied();
    let head = parts.method == http::Method::HEAD;
    let waits = parts.headers.contains_key(header::EXPECT);
    let mut body_limit = 0;
    let matched = |parts: &Parts| {
        let matched = matched(parts);
        if let Matched::Operation(operation, _) = &matched {
            body_limit = operation.body_limit;
        }
        if let Matched::Operation(operation, _) | Matched::Gone(operation) = &matched
            && let Some(own) = &operation.headers
        {
            headers = own;
        }
        matched
    };
    // A panic in a handler is that request's failure, and nobody else's.
    let stages = stages(shared, parts, &mut body, matched, &mut record);
    let outcome = AssertUnwindSafe(stages).catch_unwind().await.unwrap_or_else(|_panic| {
        Err(Problem::new(&problem::INTERNAL).because("the handler panicked"))
    });

    if outcome.is_err() && !waits {
        discard(body, body_limit).await;
    }
    let Record { id, quota, seen } = record;
    let mut response = match outcome {
        Ok(response) => {
            seen.answered(&id, response.status());
            response
        }
        Err(problem) => {
            seen.refused(&id, &problem);
            refusal(problem)
        }
    };
    quota.write(response.headers_mut());
    for (name, value) in headers {
        response.headers_mut().append(name, value.clone());
    }
    super::headers::finish(&mut response, id, transport);
    if head { without_content(response) } else { response }
}

#[cfg(not(feature = "testing"))]
fn refusal(problem: Problem) -> Response {
    problem.into_response()
}

/// Renders a refusal, with its cause beside it for an assertion that fails. It is no part of what is sent.
#[cfg(feature = "testing")]
fn refusal(problem: Problem) -> Response {
    let cause = problem.cause().map(|cause| observe::Logged(cause.to_string()));
    let mut response = problem.into_response();
    if let Some(cause) = cause {
        response.extensions_mut().insert(cause);
    }
    response
}

/// Returns the answer to `OPTIONS`.
pub(super) fn options(allow: &HeaderValue) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = http::StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, allow.clone());
    response
}

/// Returns the answer that is a document.
pub(super) fn document(fixed: &Fixed) -> Response {
    let mut response = Response::new(Body::from(fixed.body.clone()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, fixed.content_type.clone());
    if let Some(policy) = &fixed.policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    }
    response
}

/// Returns the same answer without its content, the length of which stays stated (RFC 9110, section 9.3.2).
fn without_content(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = http_body::Body::size_hint(&body).exact() {
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
}

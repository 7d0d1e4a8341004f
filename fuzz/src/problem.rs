//! Refusals: what is written is a problem document (RFC 9457), whatever the input names were, and reads back as it was.

use std::borrow::Cow;

use axum::response::IntoResponse;
use http::StatusCode;
use http_body_util::BodyExt;
use secure_api::error::{InvalidField, Problem, problem};
use serde_json::Value;

use super::api::Answer;

/// Asserts that an answer is a problem document that says no more than it may.
#[track_caller]
pub(super) fn is_one(answer: &Answer) {
    let kind = answer.headers.get("content-type").map(http::HeaderValue::as_bytes);
    assert_eq!(kind, Some(&b"application/problem+json"[..]), "{answer:?}");
    let document = answer.json();
    let document = document.as_object().expect("an object");
    assert_eq!(document["status"], answer.status.as_u16());
    let uri = document["type"].as_str().expect("a type");
    let known = problem::ALL.iter().find(|one| one.uri() == uri).expect("a type of the framework");
    assert_eq!((known.status(), document["title"].as_str()), (answer.status, Some(known.title())));
    let further = ["type", "title", "status", "detail", "violated-policies", "errors"];
    assert!(document.keys().all(|member| further.contains(&&**member)), "{document:?}");
    for error in document.get("errors").and_then(Value::as_array).into_iter().flatten() {
        let pointer = error["pointer"].as_str().expect("a pointer");
        assert!(!pointer.chars().any(char::is_control), "{pointer:?}");
        assert!(error["code"].is_string() && error["detail"].is_string(), "{error}");
    }
}

/// Reads lines as places that are wrong, writes their document, and reads that.
pub fn check(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let errors: Vec<InvalidField> = text
        .split('\n')
        .take(60)
        .map(|line| {
            let (pointer, detail) = line.split_once('\t').unwrap_or((line, "is wrong"));
            let detail = Cow::Owned(detail.to_owned());
            InvalidField { pointer: pointer.to_owned(), code: "rule", detail }
        })
        .collect();
    let seconds = data.first().copied().unwrap_or_default();
    let problem = Problem::new(&problem::INVALID_INPUT).errors(errors.clone());
    let problem = problem.retry_after(seconds.into()).because("a cause that nobody is told");
    let (parts, body) = problem.into_response().into_parts();
    let body = futures_util::FutureExt::now_or_never(body.collect()).expect("it is there");
    let body = body.expect("a body").to_bytes();
    assert!(
        !String::from_utf8_lossy(&body).contains("nobody is told")
            || text.contains("nobody is told")
    );
    assert_eq!(parts.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(parts.headers["retry-after"], seconds.max(1).to_string());
    let document: Value = serde_json::from_slice(&body).expect("JSON");
    let read: Vec<InvalidField> = document["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| InvalidField {
            pointer: error["pointer"].as_str().expect("a text").to_owned(),
            code: "rule",
            detail: Cow::Owned(error["detail"].as_str().expect("a text").to_owned()),
        })
        .collect();
    assert_eq!(read, errors);
    true
}

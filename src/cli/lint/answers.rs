//! The answers of an operation: those that it has to describe, and what each says.

use serde_json::Value;

use super::{
    Lint,
    rule::{
        ANSWER_WITHOUT_SCHEMA, CONTENT_WITHOUT_BODY, ERROR_WITHOUT_SCHEMA, NO_5XX, NO_400, NO_401,
        NO_403, NO_429, NO_LIMIT_HEADERS, NO_RETRY_AFTER, NO_SUCCESS, WRONG_STATUS,
    },
};
use crate::cli::document::{DocumentOperation, is_open, join, resolve, security};

/// An answer with its status, as it is written.
type Answer<'a> = (&'a str, &'a Value, String);

impl<'a> Lint<'a> {
    /// Looks at the answers of an operation.
    pub(super) fn answers(&mut self, operation: &DocumentOperation<'a>) {
        let (document, name, place) = (self.document, operation.name(), &operation.place);
        let responses = operation.value.get("responses").and_then(Value::as_object);
        let list = join(place, "responses");
        let answers: Vec<Answer<'_>> = responses
            .into_iter()
            .flatten()
            .filter(|(status, _)| !status.starts_with("x-"))
            .filter_map(|(status, value)| {
                let (value, place) = resolve(document, value, join(&list, status))?;
                Some((status.as_str(), value, place))
            })
            .collect();
        let has = |wanted: &[&str]| answers.iter().any(|(status, ..)| wanted.contains(status));
        let begins =
            |digits: &[char]| answers.iter().any(|(status, ..)| status.starts_with(digits));
        let needs = security(document, operation.value).is_some_and(|stated| !is_open(stated));
        self.ask(&NO_SUCCESS, place, begins(&['1', '2', '3']) || has(&["default"]), &name);
        if needs {
            self.ask(&NO_401, place, has(&["401", "4XX"]), &name);
            self.ask(&NO_403, place, has(&["403", "4XX"]), &name);
        }
        let takes = operation.value.get("requestBody").is_some()
            || !self.parameters_of(operation).is_empty();
        if takes {
            self.ask(&NO_400, place, has(&["400", "422", "4XX"]), &name);
        }
        self.ask(&NO_429, place, has(&["429", "4XX"]), &name);
        self.ask(&NO_5XX, place, begins(&['5']) || has(&["default"]), &name);
        let mut successes =
            answers.iter().filter(|(status, ..)| status.starts_with('2')).peekable();
        if successes.peek().is_some() {
            let told = successes.any(|(_, answer, _)| {
                has_header(answer, &["ratelimit", "x-ratelimit", "x-rate-limit"])
            });
            self.ask(&NO_LIMIT_HEADERS, place, told, &name);
        }
        for (status, answer, place) in &answers {
            self.answer(operation, status, answer, place);
        }
    }

    fn answer(
        &mut self,
        operation: &DocumentOperation<'a>,
        status: &str,
        answer: &Value,
        place: &str,
    ) {
        let about = format!("{} with {status}", operation.name());
        let creates = operation.verb == "GET" && status == "201";
        // The place of a status is in the operation, whatever describes it.
        let stated = join(&join(&operation.place, "responses"), status);
        self.ask(&WRONG_STATUS, &stated, is_status(status) && !creates, &about);
        let content = answer.get("content").and_then(Value::as_object);
        let is_empty = content.is_none_or(serde_json::Map::is_empty);
        let has_schemas = content
            .into_iter()
            .flatten()
            .all(|(media, value)| value.get("schema").is_some() || !media.contains("json"));
        let has_no_body = status.starts_with('1') || matches!(status, "204" | "205" | "304");
        if has_no_body {
            self.ask(&CONTENT_WITHOUT_BODY, place, is_empty, &about);
        } else if status.starts_with('2') {
            // 201 may name its place in `Location` alone, and 202 promises nothing.
            let needs = matches!(status, "200" | "203" | "206" | "2XX") && operation.verb != "HEAD";
            self.ask(&ANSWER_WITHOUT_SCHEMA, place, has_schemas && !(is_empty && needs), &about);
        } else if status.starts_with(['4', '5']) || status == "default" {
            let is_told = operation.verb == "HEAD" || (!is_empty && has_schemas);
            self.ask(&ERROR_WITHOUT_SCHEMA, place, is_told, &about);
        }
        if status == "429" {
            let told =
                has_header(answer, &["retry-after", "ratelimit", "x-ratelimit", "x-rate-limit"]);
            self.ask(&NO_RETRY_AFTER, place, told, &about);
        }
    }
}

/// Returns `true` for a header whose name begins so.
fn has_header(answer: &Value, names: &[&str]) -> bool {
    let headers = answer.get("headers").and_then(Value::as_object).into_iter().flatten();
    let mut headers = headers.map(|(name, _)| name.to_lowercase());
    headers.any(|name| names.iter().any(|wanted| name.starts_with(wanted)))
}

/// Returns `true` for a status, a range of them, or `default`.
fn is_status(status: &str) -> bool {
    let bytes = status.as_bytes();
    let [first, rest @ ..] = bytes else { return false };
    let is_range = rest == b"XX" || (rest.len() == 2 && rest.iter().all(u8::is_ascii_digit));
    status == "default" || (matches!(first, b'1'..=b'5') && is_range)
}

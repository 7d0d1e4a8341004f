//! The parameters of an operation, and what it takes as a body.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    Lint,
    rule::{
        ANY_MEDIA_TYPE, AUTHORIZATION_PARAMETER, BODY_WITHOUT_SCHEMA, NUMERIC_ID, SECRET_IN_URL,
        UNTYPED,
    },
    words::{has, words},
};
use crate::cli::document::{DocumentOperation, join, resolve};

/// The words of secrets.
const SECRETS: [&str; 20] = [
    "access key",
    "api key",
    "apikey",
    "auth",
    "credential",
    "credentials",
    "csc",
    "cvc",
    "cvv",
    "jwt",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "private key",
    "pwd",
    "secret",
    "ssn",
    "token",
];

/// The words of tokens that are no secrets: places in a list, and the like.
const NO_SECRETS: [&str; 10] = [
    "after",
    "before",
    "continuation",
    "count",
    "cursor",
    "next",
    "page",
    "paging",
    "sync",
    "type",
];

/// The last words of what names a secret, and is none.
const NAMES: [&str; 7] = ["id", "ids", "name", "sid", "url", "uuid", "version"];

impl<'a> Lint<'a> {
    /// Returns the parameters of an operation with their places: its own, and those of its path.
    pub(super) fn parameters_of(
        &self,
        operation: &DocumentOperation<'a>,
    ) -> Vec<(&'a Value, String)> {
        let document = self.document;
        let own = (operation.value, &operation.place);
        let shared = (operation.item, &operation.path_place);
        let mut found: Vec<(&Value, String)> = Vec::new();
        let mut known = HashSet::new();
        let beside = operation.beside.iter().map(|(item, place)| (*item, place));
        for (value, place) in [own, shared].into_iter().chain(beside) {
            let list = value.get("parameters").and_then(Value::as_array).into_iter().flatten();
            for (index, parameter) in list.enumerate() {
                let place = join(&join(place, "parameters"), &index.to_string());
                let Some((parameter, place)) = resolve(document, parameter, place) else {
                    continue;
                };
                // Those of the operation stand in place of those of the path.
                if parameter.is_object() && known.insert(key(parameter)) {
                    found.push((parameter, place));
                }
            }
        }
        found
    }

    /// Looks at each parameter, and at its schema.
    pub(super) fn parameters(&mut self, operation: &DocumentOperation<'a>) {
        for (parameter, place) in self.parameters_of(operation) {
            let (at, name) = key(parameter);
            let about = format!("{} with {at} parameter {name}", operation.name());
            if at == "query" || (at == "path" && !name.to_lowercase().contains("session")) {
                self.ask(&SECRET_IN_URL, &place, !is_secret(name), &about);
            }
            if at == "header" {
                let is_it = name.eq_ignore_ascii_case("authorization");
                self.ask(&AUTHORIZATION_PARAMETER, &place, !is_it, &about);
            }
            let content = parameter.get("content").and_then(Value::as_object);
            let media = content.into_iter().flatten().next();
            let (schema, at_schema) = match (parameter.get("schema"), media) {
                (Some(schema), _) => (Some(schema), join(&place, "schema")),
                (None, Some((media, value))) => {
                    let at = join(&join(&join(&place, "content"), media), "schema");
                    (value.get("schema"), at)
                }
                (None, None) => (None, String::new()),
            };
            let Some(schema) = schema else {
                self.ask(&UNTYPED, &place, false, &about);
                continue;
            };
            if at == "path" {
                let is_number = self.is_number(schema, at_schema.clone());
                let counts = is_number && is_id(name, operation.path);
                self.ask(&NUMERIC_ID, &place, !counts, &about);
            }
            self.input(schema, at_schema, &about);
        }
    }

    /// Looks at the body that an operation takes.
    pub(super) fn body(&mut self, operation: &DocumentOperation<'a>) {
        let Some(body) = operation.value.get("requestBody") else { return };
        let place = join(&operation.place, "requestBody");
        let Some((body, place)) = resolve(self.document, body, place) else { return };
        let content = body.get("content").and_then(Value::as_object);
        let about = format!("the body of {}", operation.name());
        let is_described = content.is_some_and(|content| !content.is_empty());
        self.ask(&BODY_WITHOUT_SCHEMA, &place, is_described, &about);
        for (media, value) in content.into_iter().flatten() {
            let place = join(&join(&place, "content"), media);
            self.ask(&ANY_MEDIA_TYPE, &place, !media.contains('*'), &about);
            let Some(schema) = value.get("schema") else {
                self.ask(&BODY_WITHOUT_SCHEMA, &place, false, &about);
                continue;
            };
            self.ask(&BODY_WITHOUT_SCHEMA, &place, true, &about);
            self.input(schema, join(&place, "schema"), &about);
        }
    }

    fn is_number(&self, schema: &'a Value, place: String) -> bool {
        let Some((schema, _)) = resolve(self.document, schema, place) else { return false };
        let is_number = |kind: &Value| matches!(kind.as_str(), Some("integer" | "number"));
        match schema.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().any(is_number),
            Some(kind) => is_number(kind),
            None => false,
        }
    }
}

/// Returns where a parameter stands, and its name.
fn key(parameter: &Value) -> (&str, &str) {
    let text = |member: &str| parameter.get(member).and_then(Value::as_str).unwrap_or_default();
    (text("in"), text("name"))
}

fn is_secret(name: &str) -> bool {
    let words = words(name);
    let is_name = words.last().is_some_and(|word| NAMES.contains(&word.as_str()));
    // The id of a session is what a session is known by.
    let is_session = has(&words, &["session id"]) && words.len() == 2;
    is_session || (has(&words, &SECRETS) && !has(&words, &NO_SECRETS) && !is_name)
}

/// Returns `true` for a parameter that names one of several: by its own name, or by the segment before it.
fn is_id(name: &str, path: &str) -> bool {
    let own = words(name);
    let is_named = own
        .last()
        .is_some_and(|word| ["id", "key", "no", "number", "uid"].contains(&word.as_str()));
    let parts: Vec<&str> = path.split('/').collect();
    let place = parts.iter().position(|part| part.contains(&format!("{{{name}}}")));
    let before = place.and_then(|place| place.checked_sub(1)).map(|place| words(parts[place]));
    let of_list = before.is_some_and(|before| {
        before.last().zip(own.first()).is_some_and(|(list, one)| {
            list != one
                && list
                    .strip_suffix('s')
                    .is_some_and(|list| one.starts_with(list.strip_suffix("ie").unwrap_or(list)))
        })
    });
    is_named || of_list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_list_is_an_id_and_a_year_is_none() {
        assert!(is_id("order", "/orders/{order}"));
        assert!(is_id("orderId", "/find/{orderId}"));
        assert!(is_id("category", "/categories/{category}"));
        assert!(!is_id("year", "/reports/{year}"));
    }

    #[test]
    fn tokens_of_pages_are_no_secrets() {
        for name in ["access_token", "apiKey", "password", "user[password]", "sessionId"] {
            assert!(is_secret(name), "{name}");
        }
        for name in
            ["pageToken", "next_token", "tokenType", "author", "ServiceSid", "token_id", "session"]
        {
            assert!(!is_secret(name), "{name}");
        }
    }
}

//! The app's reply, and the assertions of a test on it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::ProblemType;

/// An answer. Whatever is asserted of it and does not hold fails the test with the request, the status, the body, and
/// what the log was told.
pub struct Reply {
    /// The request in one line.
    pub(super) asked: String,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The log's text of a refusal.
    pub(super) cause: Option<String>,
}

impl Reply {
    /// Returns the status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Returns all headers. `Date` and what frames a message on its connection are the server's, and not here.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a header's first value, if it is there and ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// Returns the body as text.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    #[track_caller]
    pub fn text(&self) -> &str {
        match std::str::from_utf8(&self.body) {
            Ok(text) => text,
            Err(error) => panic!("the body is no text: {error}\n{self:?}"),
        }
    }

    /// Returns the body, read from JSON.
    ///
    /// # Panics
    ///
    /// If it is not JSON, or not of that type.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => {
                panic!(
                    "the body is not a {} in JSON: {error}\n{self:?}",
                    std::any::type_name::<T>()
                )
            }
        }
    }

    /// Returns the value at a place of the JSON body, by JSON Pointer (RFC 6901): `/items/0/qty`.
    ///
    /// # Panics
    ///
    /// If the body is not JSON or nothing is there.
    #[track_caller]
    pub fn json_pointer(&self, pointer: &str) -> Value {
        let mut value: Value = self.json();
        match value.pointer_mut(pointer) {
            Some(found) => found.take(),
            None => panic!("nothing is at {pointer:?}\n{self:?}"),
        }
    }

    /// Returns the text at a place of the JSON body: a token, an id, a cursor.
    ///
    /// # Panics
    ///
    /// If the body is not JSON or no text is there.
    #[track_caller]
    pub fn text_at(&self, pointer: &str) -> String {
        match self.json_pointer(pointer) {
            Value::String(text) => text,
            other => panic!("{other} is at {pointer:?}, which is no text\n{self:?}"),
        }
    }

    /// Returns the body as a problem document (RFC 9457).
    ///
    /// # Panics
    ///
    /// If it is none, or its status is not that of the answer.
    #[track_caller]
    pub fn problem(&self) -> ProblemDocument {
        let is_problem = self.header("content-type") == Some("application/problem+json");
        assert!(is_problem, "the answer is no problem document\n{self:?}");
        let document: Value = self.json();
        match ProblemDocument::read(&document) {
            Some(problem) if problem.status == self.status() => problem,
            _ => panic!("the problem document lacks members, or has another status\n{self:?}"),
        }
    }

    /// Fails the test unless this is the status.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[track_caller]
    pub fn assert_status(&self, status: u16) -> &Self {
        assert!(self.status() == status, "{status} was expected of\n{self:?}");
        self
    }

    /// Fails the test unless this header is there once, with this value.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[track_caller]
    pub fn assert_header(&self, name: &str, value: &str) -> &Self {
        let values: Vec<_> = self.headers.get_all(name).iter().collect();
        assert!(values == [value], "{name} is {values:?}, and {value:?} was expected of\n{self:?}");
        self
    }

    /// Fails the test unless the answer is this problem; gives the document. Those of the framework are in
    /// [`error::problem`](crate::error::problem), those of an app's own in its error's
    /// [`problems`](crate::error::ApiError::problems).
    ///
    /// # Panics
    ///
    /// If it is not.
    #[track_caller]
    pub fn assert_problem(&self, kind: &ProblemType) -> ProblemDocument {
        self.assert_status(kind.status().as_u16());
        let problem = self.problem();
        assert!(problem.kind == kind.uri(), "{} was expected of\n{self:?}", kind.uri());
        problem
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {}: {}", self.asked, self.status)?;
        if let Some(cause) = &self.cause {
            write!(f, "\n  the log says: {cause}")?;
        }
        if self.body.is_empty() {
            return Ok(());
        }
        let text = match serde_json::from_slice::<Value>(&self.body) {
            Ok(value) => format!("{value:#}"),
            Err(_) => String::from_utf8_lossy(&self.body).into_owned(),
        };
        for line in text.lines() {
            write!(f, "\n  {line}")?;
        }
        Ok(())
    }
}

/// A problem document, read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProblemDocument {
    /// Its status.
    pub status: u16,
    /// The URI of its type.
    pub kind: String,
    /// The sentence for people.
    pub title: String,
    /// The places in the input that were wrong.
    pub errors: Vec<WrongPlace>,
    /// The names of the rate limits that were used up.
    pub violated_policies: Vec<String>,
}

/// One place in the input that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrongPlace {
    /// JSON Pointer into the body, or the name of a query parameter.
    pub pointer: String,
    /// The rule that was broken, as a stable word.
    pub code: String,
    /// The rule in words.
    pub detail: String,
}

impl ProblemDocument {
    fn read(document: &Value) -> Option<Self> {
        let text = |of: &Value, name: &str| of[name].as_str().map(str::to_owned);
        let list = |name: &str| document[name].as_array().map(Vec::as_slice).unwrap_or_default();
        let place = |error: &Value| {
            Some(WrongPlace {
                pointer: text(error, "pointer")?,
                code: text(error, "code")?,
                detail: text(error, "detail")?,
            })
        };
        let policies = list("violated-policies").iter();
        Some(Self {
            status: u16::try_from(document["status"].as_u64()?).ok()?,
            kind: text(document, "type")?,
            title: text(document, "title")?,
            errors: list("errors").iter().map(place).collect::<Option<_>>()?,
            violated_policies: policies
                .map(|policy| policy.as_str().map(str::to_owned))
                .collect::<Option<_>>()?,
        })
    }

    /// Returns the last part of its type: `not-found` of `urn:problem-type:secure-api:not-found`.
    pub fn code(&self) -> &str {
        self.kind.rsplit([':', '/', '#']).next().unwrap_or_default()
    }

    /// Returns the rule that was broken at this place of the input.
    ///
    /// # Panics
    ///
    /// If that place was not told to be wrong.
    #[track_caller]
    pub fn rule_at(&self, pointer: &str) -> &str {
        match self.errors.iter().find(|error| error.pointer == pointer) {
            Some(error) => &error.code,
            None => panic!("nothing is wrong at {pointer:?}, but at {:#?}", self.errors),
        }
    }
}

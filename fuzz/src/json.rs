//! Bodies in JSON: what is accepted is what another parser reads, within its bounds, and its own JSON is a fixed point.

use axum::response::IntoResponse;
use http_body_util::BodyExt;
use secure_api::{input::decode_body, prelude::*};
use serde_json::{Value, json};

use super::api::Answer;

/// A choice.
#[derive(Value, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Red,
    DarkBlue,
}

/// An inner input.
#[derive(Input, Debug, PartialEq)]
pub struct Inner {
    #[input(range = -5..=5)]
    small: i8,
    #[input(items = 0..=3, each(max_len = 5))]
    marks: Vec<String>,
}

/// An input of each form.
#[derive(Input, Debug, PartialEq)]
pub struct Outer {
    #[input(text, max_len = 20)]
    text: String,
    #[input(pattern = "^[a-z]{1,8}$")]
    word: Option<String>,
    #[input(range = 0..=18446744073709551615)]
    large: Option<u64>,
    #[input(range = -1000.5..=1000.5)]
    real: Option<f64>,
    flag: Option<bool>,
    colour: Option<Colour>,
    parcel: Option<Uuid>,
    #[input(items = 0..=4)]
    inner: Vec<Inner>,
}

impl Outer {
    /// Returns it as another program would write it.
    fn written(&self) -> Value {
        let inner = |one: &Inner| json!({ "small": one.small, "marks": one.marks });
        let mut all =
            json!({ "text": self.text, "inner": self.inner.iter().map(inner).collect::<Vec<_>>() });
        let colour = self.colour.map(|colour| match colour {
            Colour::Red => "red",
            Colour::DarkBlue => "dark-blue",
        });
        for (name, value) in [
            ("word", self.word.as_ref().map(|word| json!(word))),
            ("large", self.large.map(|number| json!(number))),
            ("real", self.real.map(|number| json!(number))),
            ("flag", self.flag.map(|flag| json!(flag))),
            ("colour", colour.map(|colour| json!(colour))),
            ("parcel", self.parcel.map(|parcel| json!(parcel.to_string()))),
        ] {
            all.as_object_mut()
                .expect("an object")
                .extend(value.map(|value| (name.to_owned(), value)));
        }
        all
    }
}

/// Reads bytes as a body.
pub fn check(data: &[u8]) -> bool {
    let other = serde_json::from_slice::<Value>(data);
    match decode_body::<Outer>(data) {
        Ok(read) => {
            let other = other.unwrap_or_else(|error| panic!("{read:?}: {error}"));
            same(&read, &other);
            let written = read.written();
            let again = decode_body::<Outer>(written.to_string().as_bytes());
            assert_eq!(again.ok().as_ref(), Some(&read), "{written}");
            true
        }
        Err(problem) => {
            let status = problem.kind().status();
            let (parts, body) = problem.into_response().into_parts();
            let body = futures_util::FutureExt::now_or_never(body.collect()).expect("it is there");
            let body = body.expect("a body").to_bytes();
            let answer = Answer { status: parts.status, headers: parts.headers, body };
            super::problem::is_one(&answer);
            assert_eq!(status, answer.status);
            let document = answer.json();
            let errors = document["errors"].as_array().expect("errors");
            assert!((1..=50).contains(&errors.len()), "{document}");
            if let (Ok(other), 422) = (other, status.as_u16()) {
                errors.iter().for_each(|error| leads(error, &other));
            }
            false
        }
    }
}

/// Asserts that each value is the one that another parser reads.
fn same(read: &Outer, other: &Value) {
    let Outer { text, word, large, real, flag, inner, .. } = read;
    // It reads `1e3` as another kind of number than `1000`, and rounds it.
    assert_eq!(other["large"].as_f64(), large.map(|large| large as f64), "{other}");
    assert_eq!(other["real"].as_f64(), *real, "{other}");
    assert_eq!(other["flag"].as_bool(), *flag, "{other}");
    assert_eq!(other["word"].as_str(), word.as_deref(), "{other}");
    assert!(
        text.chars().count() <= 20
            && !text.contains(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\t')),
        "{text:?}"
    );
    assert!(word.as_ref().is_none_or(|word| word.len() <= 8), "{word:?}");
    let all = other["inner"].as_array().map_or(&[][..], |all| all);
    assert!(inner.len() == all.len() && all.len() <= 4, "{other}");
    for (one, other) in inner.iter().zip(all) {
        assert_eq!(other["small"].as_f64(), Some(one.small.into()), "{other}");
        assert!((-5..=5).contains(&one.small) && one.marks.len() <= 3, "{other}");
    }
    let known = ["text", "word", "large", "real", "flag", "colour", "parcel", "inner"];
    let members = other.as_object().expect("an object");
    assert!(members.keys().all(|name| known.contains(&&**name)), "{other}");
}

/// Asserts that a mistake is told of a place that is there, or whose parent is.
fn leads(error: &Value, sent: &Value) {
    let pointer = error["pointer"].as_str().expect("a text");
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let there = sent.pointer(pointer).or_else(|| sent.pointer(parent));
    assert!(there.is_some(), "nothing is at {pointer:?} in {sent}");
}

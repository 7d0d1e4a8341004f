//! A document as it was read: operations with their parameters, bodies, answers and credentials, each with its place. What is
//! referred to is followed here; schemas stay where they stand, and are read when something asks for one.

pub(super) mod operation;
pub(super) mod parts;
mod place;
pub(super) mod security;
pub(super) mod shape;

use serde_json::{Map, Value};

use crate::cli::document;

/// The most operations of a document. The largest public ones have some twenty thousand.
pub(super) const MOST_OPERATIONS: usize = 50_000;

/// The most parts of one schema that `allOf` puts together.
pub(super) const MOST_PARTS: usize = 64;

/// The most forms of one schema, by `oneOf` or `anyOf`.
pub(super) const MOST_FORMS: usize = 256;

/// A value of the document with its place.
#[derive(Debug, Clone)]
pub(super) struct At<'a> {
    /// The value.
    pub(super) value: &'a Value,
    /// The JSON pointer to it.
    pub(super) place: String,
}

impl<'a> At<'a> {
    /// Returns a member with its place.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        Some(Self { value, place: document::join(&self.place, name) })
    }

    /// Returns the members with their places.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(name, value)| {
            (name.as_str(), Self { value, place: document::join(&self.place, name) })
        })
    }

    /// Returns the items of a list with their places.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| Self {
            value,
            place: document::join(&self.place, &index.to_string()),
        })
    }

    /// Returns a member that is a text.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.value.get(name)?.as_str()
    }

    /// Returns `true` if a member is there and true.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.value.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Returns the members of an object.
    pub(super) fn object(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }
}

/// The reason for which a reference is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// A way into another file.
    Elsewhere,
    /// A way to what is not there, or in a circle.
    Nowhere,
    /// More parts or forms than are put together: what the others say must not be lost.
    Large,
}

/// Follows references until something is none.
pub(super) fn follow<'a>(document: &'a Value, at: &At<'a>) -> Result<At<'a>, Lost> {
    match document::resolve(document, at.value, at.place.clone()) {
        Some((value, place)) => Ok(At { value, place }),
        None if is_elsewhere(document, at.value) => Err(Lost::Elsewhere),
        None => Err(Lost::Nowhere),
    }
}

/// Returns `true` if references lead into another file at last.
fn is_elsewhere<'a>(document: &'a Value, mut value: &'a Value) -> bool {
    for _ in 0..MOST_PARTS {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return false };
        if !reference.starts_with('#') {
            return true;
        }
        match document::target(document, reference) {
            Some((next, _)) => value = next,
            None => return false,
        }
    }
    false
}

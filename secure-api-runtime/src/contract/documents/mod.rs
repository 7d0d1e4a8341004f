//! OpenAPI documents, 3.0 and 3.1, as they are compared: their operations by place, references followed.

mod bodies;
mod lifecycle;
mod operations;
mod parameters;
mod references;
mod security;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The most references that are followed one after the other.
const LONGEST: usize = 32;

/// The verbs of operations in a document.
const VERBS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

pub(super) use operations::compare;
pub(super) use references::wrong as wrong_references;

/// One of the two documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a>(pub(super) &'a Value);

/// One operation of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared<'a> {
    /// Its path as the document has it.
    pub(super) path: &'a str,
    /// The parts that it shares with the others of its path.
    pub(super) item: &'a Value,
    /// Itself.
    pub(super) operation: &'a Value,
}

impl<'a> Source<'a> {
    /// Returns what a reference of this document leads to, through references to references.
    pub(super) fn follow(self, reference: &str) -> Option<&'a Value> {
        let pointer = percent_encoding::percent_decode_str(reference.strip_prefix('#')?);
        self.0.pointer(&pointer.decode_utf8().ok()?)
    }

    /// Returns a component itself, where it is named by a reference. One that leads nowhere stays as it is.
    pub(super) fn resolved(self, mut value: &'a Value) -> &'a Value {
        for _ in 0..LONGEST {
            let target = value.get("$ref").and_then(Value::as_str);
            match target.and_then(|reference| self.follow(reference)) {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }

    /// Returns the operations by verb and place; the names of parameters are no part of a place.
    pub(super) fn operations(self) -> BTreeMap<(String, String), Declared<'a>> {
        self.below("paths")
    }

    /// Returns the webhooks by verb and name.
    pub(super) fn webhooks(self) -> BTreeMap<(String, String), Declared<'a>> {
        self.below("webhooks")
    }

    fn below(self, key: &str) -> BTreeMap<(String, String), Declared<'a>> {
        let mut found = BTreeMap::new();
        for (path, item) in members(self.0.get(key)) {
            let item = self.resolved(item);
            for (verb, operation) in members(Some(item)) {
                // Before 3.2 a document has no member for QUERY, and ours tell it by an extension.
                let verb = if verb == "x-query" { "query" } else { verb };
                if VERBS.contains(&verb) && operation.is_object() {
                    let declared = Declared { path, item, operation };
                    found.insert((place(path), verb.to_uppercase()), declared);
                }
            }
        }
        found
    }

    /// Returns a list of components: `schemas`, `securitySchemes`.
    pub(super) fn components(self, kind: &str) -> Option<&'a Map<String, Value>> {
        self.0.get("components")?.get(kind)?.as_object()
    }
}

/// Returns the members of an object; none of anything else.
pub(super) fn members<'a>(
    value: Option<&'a Value>,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// Returns a path without the names of its parameters.
pub(super) fn place(path: &str) -> String {
    let mut place = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '{' | '}' => {
                inside = letter == '{';
                place.push(letter);
            }
            letter if !inside => place.push(letter),
            _ => {}
        }
    }
    place
}

/// Returns the names of the parameters of a path, in order.
pub(super) fn names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

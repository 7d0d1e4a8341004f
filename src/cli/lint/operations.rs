//! Operations by themselves, and the references of the whole document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Lint,
    rule::{BODY_IN_GET, LOST_REFERENCE, NO_OPERATION_ID, NO_TAGS, SAME_OPERATION_ID},
};
use crate::cli::document::{DocumentOperation, is_data, join, target, texts};

/// The depth up to which references are looked for.
const DEEPEST: usize = 128;

impl<'a> Lint<'a> {
    /// Looks at the name, the group and the form of an operation.
    pub(super) fn operation(&mut self, operation: &DocumentOperation<'a>) {
        let (value, place, name) = (operation.value, &operation.place, operation.name());
        let id = value.get("operationId").and_then(Value::as_str).unwrap_or_default();
        self.ask(&NO_OPERATION_ID, place, !id.is_empty(), &name);
        self.ask(&NO_TAGS, place, texts(value.get("tags")).next().is_some(), &name);
        if matches!(&*operation.verb, "GET" | "HEAD" | "DELETE") {
            let is_excepted = operation.verb == "DELETE" && has_exception(value, "content");
            let good = is_excepted || value.get("requestBody").is_none();
            self.ask(&BODY_IN_GET, place, good, &name);
        }
    }

    /// Looks at the names of all operations together.
    pub(super) fn names(&mut self, operations: &[DocumentOperation<'a>]) {
        let mut known = BTreeSet::new();
        for operation in operations {
            if let Some(id) = operation.value.get("operationId").and_then(Value::as_str) {
                let about = format!("{}, {id}", operation.name());
                self.ask(&SAME_OPERATION_ID, &operation.place, known.insert(id), &about);
            }
        }
    }

    /// Follows every reference of the document.
    pub(super) fn references(&mut self) {
        self.references_in(self.document, String::new(), false, 0);
    }

    fn references_in(&mut self, value: &'a Value, place: String, names: bool, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Object(members) => {
                for (member, inner) in members {
                    let at = join(&place, member);
                    match inner.as_str().filter(|_| member == "$ref" && !names) {
                        Some(reference) => {
                            let is_there = target(self.document, reference).is_some();
                            self.ask(&LOST_REFERENCE, &at, is_there, reference);
                        }
                        None if !names && is_data(member) => {}
                        // The members of these are names, and one may be called as a keyword is.
                        None => {
                            let holds_names = !names
                                && ["properties", "patternProperties"].contains(&member.as_str());
                            self.references_in(inner, at, holds_names, depth + 1);
                        }
                    }
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    self.references_in(inner, join(&place, &index.to_string()), false, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// Returns `true` if an operation is excepted from a rule, and says why.
fn has_exception(operation: &Value, rule: &str) -> bool {
    let all = operation.get("x-exceptions").and_then(Value::as_array);
    all.into_iter().flatten().any(|one| {
        let reason = one.get("reason").and_then(Value::as_str).unwrap_or_default();
        one.get("rule").and_then(Value::as_str) == Some(rule) && !reason.trim().is_empty()
    })
}

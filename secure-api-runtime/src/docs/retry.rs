//! Retries, as generators of clients read them: which operations can be asked again without a person.
//!
//! Names and forms are those of Speakeasy (`x-speakeasy-retries`) and of Fern (`x-fern-retries`, `x-fern-idempotent`,
//! `x-fern-idempotency-headers`). An operation can be asked again where a second time does what one does: its verb says so
//! (RFC 9110, section 9.2.2), or it has the key by which the framework knows the second one.

use serde_json::{Value, json};
use utoipa::openapi::extensions::Extensions;

use crate::{
    inventory::{ApiModel, Operation, VersionModel},
    verb::Verb,
};

/// Statuses that tell when to ask again, by `Retry-After`.
const LATER: &[&str] = &["429", "503"];

/// The one of them that says that nothing was done.
const REFUSED: &[&str] = &["429"];

/// Returns what holds for all operations of a document that say nothing else.
pub(super) fn of_document(api: &ApiModel, version: &VersionModel) -> Extensions {
    let mut extensions = Extensions::from_iter([("x-speakeasy-retries", retries(LATER, true))]);
    let mut operations = api.operations_in(&version.segment);
    if operations.any(|operation| operation.idempotency_key) {
        let headers = json!([{ "header": "Idempotency-Key", "name": "idempotency_key" }]);
        extensions.insert("x-fern-idempotency-headers".to_owned(), headers);
    }
    extensions
}

/// Returns what an operation says of itself, by the name of the extension.
pub(super) fn of_operation(operation: &Operation) -> Vec<(&'static str, Value)> {
    if operation.idempotency_key {
        return vec![("x-fern-idempotent", true.into())];
    }
    match operation.verb {
        Verb::Get | Verb::Query | Verb::Put | Verb::Delete => Vec::new(),
        Verb::Post | Verb::Patch => vec![
            ("x-speakeasy-retries", retries(REFUSED, false)),
            ("x-fern-retries", json!({ "disabled": true })),
        ],
    }
}

/// Returns the form of Speakeasy. Its clients wait as `Retry-After` says; else for a second, then twice as long each time, and
/// they give up after a minute: whoever waits longer is a person, and is told.
fn retries(statuses: &[&str], connections: bool) -> Value {
    json!({
        "strategy": "backoff",
        "backoff": {
            "initialInterval": 1000,
            "maxInterval": 30_000,
            "maxElapsedTime": 60_000,
            "exponent": 2,
        },
        "statusCodes": statuses,
        "retryConnectionErrors": connections,
    })
}

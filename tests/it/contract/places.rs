//! The places where a schema stands in a document, with the beginning of the names of their rules.

use secure_api::testing::{JsonValue, json};

use super::document;

/// Puts a schema at its place.
pub(super) type Place = fn(JsonValue) -> JsonValue;

/// Returns each place, with `true` for those of requests.
pub(super) fn places() -> [(Place, &'static str, bool); 6] {
    [
        (
            |schema| {
                document(
                    json!({ "parameters": [{ "name": "p", "in": "query", "schema": schema }] }),
                )
            },
            "request-parameter-",
            true,
        ),
        (
            |schema| {
                document(
                    json!({ "requestBody": { "content": { "application/json": { "schema": schema } } } }),
                )
            },
            "request-body-",
            true,
        ),
        (
            |schema| {
                let schema = json!({ "type": "object", "properties": { "p": schema } });
                document(
                    json!({ "requestBody": { "content": { "application/json": { "schema": schema } } } }),
                )
            },
            "request-property-",
            true,
        ),
        (
            |schema| {
                document(
                    json!({ "responses": { "200": { "headers": { "X-P": { "schema": schema } } } } }),
                )
            },
            "response-header-",
            false,
        ),
        (
            |schema| {
                let content = json!({ "application/json": { "schema": schema } });
                document(json!({ "responses": { "200": { "content": content } } }))
            },
            "response-body-",
            false,
        ),
        (
            |schema| {
                let schema = json!({ "type": "array", "items": schema });
                let content = json!({ "application/json": { "schema": schema } });
                document(json!({ "responses": { "200": { "content": content } } }))
            },
            "response-property-",
            false,
        ),
    ]
}

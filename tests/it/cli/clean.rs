//! A document without a finding, and other values in it.

use serde_json::{Value, json};

/// Returns a document that nothing is found in.
pub(super) fn clean() -> Value {
    let answers = |success: &str, answer: Value| {
        let mut answers = json!({
            "400": { "$ref": "#/components/responses/Refused" },
            "401": { "$ref": "#/components/responses/Refused" },
            "403": { "$ref": "#/components/responses/Refused" },
            "429": { "$ref": "#/components/responses/TooMany" },
            "500": { "$ref": "#/components/responses/Refused" },
        });
        answers[success] = answer;
        answers
    };
    let limited = json!({ "RateLimit": { "schema": { "type": "string" } } });
    let note = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } });
    let shown = json!({ "description": "Notes.", "headers": limited, "content": note });
    let id = json!({ "type": "string", "format": "uuid" });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Notes", "version": "1" },
        "servers": [{ "url": "https://notes.example/v1" }],
        "paths": {
            "/notes": {
                "get": {
                    "operationId": "list_notes",
                    "tags": ["notes"],
                    "security": [{ "Login": ["read"] }],
                    "parameters": [{
                        "name": "size",
                        "in": "query",
                        "schema": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 100 },
                    }],
                    "responses": answers("200", shown.clone()),
                },
                "post": {
                    "operationId": "write_note",
                    "tags": ["notes"],
                    "security": [{ "Token": [] }],
                    "requestBody": { "content": note },
                    "responses": answers("201", shown.clone()),
                },
            },
            "/notes/{note}": {
                "parameters": [{ "name": "note", "in": "path", "required": true, "schema": id }],
                "delete": {
                    "operationId": "remove_note",
                    "tags": ["notes"],
                    "security": [{ "Token": [] }],
                    "responses": answers("204", json!({ "description": "Removed.", "headers": limited })),
                },
            },
            "/admin/notes": {
                "get": {
                    "operationId": "list_all_notes",
                    "tags": ["notes"],
                    "security": [{ "Login": ["admin"] }],
                    "responses": answers("200", shown),
                },
            },
        },
        "components": {
            "securitySchemes": {
                "Token": { "type": "http", "scheme": "bearer" },
                "Login": {
                    "type": "oauth2",
                    "flows": {
                        "authorizationCode": {
                            "authorizationUrl": "https://login.example/authorize",
                            "tokenUrl": "https://login.example/token",
                            "scopes": { "read": "Reads.", "admin": "Does everything." },
                        },
                    },
                },
            },
            "responses": {
                "Refused": { "description": "Refused.", "content": problem() },
                "TooMany": {
                    "description": "Too many requests.",
                    "headers": { "Retry-After": { "schema": { "type": "integer" } } },
                    "content": problem(),
                },
            },
            "schemas": {
                "Note": {
                    "type": "object",
                    "properties": {
                        "text": { "type": "string", "maxLength": 500, "pattern": "^[^\\u0000]*$" },
                        "stars": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 5 },
                        "tags": { "type": "array", "maxItems": 9, "items": { "type": "string", "enum": ["a", "b"] } },
                    },
                    "additionalProperties": false,
                },
            },
        },
    })
}

/// Returns the content of a refusal.
pub(super) fn problem() -> Value {
    json!({ "application/problem+json": { "schema": { "type": "object" } } })
}

/// Returns a document with other values at these pointers; `null` removes a member.
pub(super) fn changed(mut document: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        let (above, member) = pointer.rsplit_once('/').expect("a pointer");
        let member = member.replace("~1", "/").replace("~0", "~");
        match document.pointer_mut(above).expect("a place") {
            Value::Object(members) if value.is_null() => {
                members.shift_remove(&member).expect("something to remove");
            }
            Value::Object(members) => drop(members.insert(member, value.clone())),
            Value::Array(items) => {
                items[member.parse::<usize>().expect("an index")] = value.clone()
            }
            other => panic!("{pointer} is in {other}"),
        }
    }
    document
}

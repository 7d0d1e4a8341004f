//! A document without a finding, and for each rule of `lint` a change by which it has one.

use serde_json::{Value, json};

/// A rule, the place that is told, and the changes: a pointer with its new value, or `null` for none.
pub(super) type Plant = (&'static str, &'static str, Vec<(&'static str, Value)>);

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

fn problem() -> Value {
    json!({ "application/problem+json": { "schema": { "type": "object" } } })
}

/// Returns a change for each rule.
pub(super) fn plants() -> Vec<Plant> {
    let list = "/paths/~1notes/get";
    let note = "/components/schemas/Note";
    let token = "/components/securitySchemes/Token";
    let flows = "/components/securitySchemes/Login/flows";
    let flow = |url: &str| json!({ "authorizationUrl": url, "tokenUrl": url, "scopes": { "read": "", "admin": "" } });
    let fine = "https://login.example/token";
    let schema = json!({ "schema": { "$ref": "#/components/schemas/Note" } });
    let own = json!({ "name": "Authorization", "in": "header", "schema": { "const": "" } });
    let number = json!({ "type": "integer", "format": "int64", "minimum": 1, "maximum": 9 });
    vec![
        ("no-security", list, vec![("/paths/~1notes/get/security", Value::Null)]),
        ("open-operation", list, vec![("/paths/~1notes/get/security", json!([]))]),
        (
            "open-operation",
            list,
            vec![("/paths/~1notes/get/security", json!([{ "Token": [] }, {}]))],
        ),
        (
            "admin-like-others",
            "/paths/~1admin~1notes/get",
            vec![("/paths/~1admin~1notes/get/security", json!([{ "Login": ["read"] }]))],
        ),
        (
            "undefined-scheme",
            "/paths/~1notes/get/security/0/Key",
            vec![("/paths/~1notes/get/security", json!([{ "Key": [] }]))],
        ),
        (
            "unused-scheme",
            "/components/securitySchemes/Old",
            vec![("/components/securitySchemes/Old", json!({ "type": "mutualTLS" }))],
        ),
        (
            "no-scopes",
            "/paths/~1notes/get/security/0/Login",
            vec![("/paths/~1notes/get/security", json!([{ "Login": [] }]))],
        ),
        (
            "undefined-scope",
            "/paths/~1notes/get/security/0/Login",
            vec![("/paths/~1notes/get/security", json!([{ "Login": ["all"] }]))],
        ),
        (
            "basic-authentication",
            token,
            vec![(token, json!({ "type": "http", "scheme": "Basic" }))],
        ),
        ("weak-http-scheme", token, vec![(token, json!({ "type": "http", "scheme": "digest" }))]),
        ("unknown-scheme-type", token, vec![(token, json!({ "type": "basic" }))]),
        (
            "api-key-in-query",
            token,
            vec![(token, json!({ "type": "apiKey", "in": "query", "name": "key" }))],
        ),
        (
            "api-key-in-cookie",
            token,
            vec![(token, json!({ "type": "apiKey", "in": "cookie", "name": "key" }))],
        ),
        (
            "implicit-flow",
            "/components/securitySchemes/Login/flows/implicit",
            vec![("/components/securitySchemes/Login/flows/implicit", flow(fine))],
        ),
        (
            "password-flow",
            "/components/securitySchemes/Login/flows/password",
            vec![("/components/securitySchemes/Login/flows/password", flow(fine))],
        ),
        (
            "plaintext-issuer",
            "/components/securitySchemes/Login/flows/authorizationCode/tokenUrl",
            vec![(
                "/components/securitySchemes/Login/flows/authorizationCode/tokenUrl",
                json!("http://login.example/token"),
            )],
        ),
        (
            "plaintext-server",
            "/servers/0/url",
            vec![("/servers/0/url", json!("http://notes.example"))],
        ),
        (
            "credentials-in-url",
            "/servers/0/url",
            vec![("/servers/0/url", json!("https://me:hush@notes.example"))],
        ),
        (
            "secret-in-url",
            "/paths/~1notes/get/parameters/0",
            vec![("/paths/~1notes/get/parameters/0/name", json!("access_token"))],
        ),
        (
            "authorization-parameter",
            "/paths/~1notes/get/parameters/0",
            vec![("/paths/~1notes/get/parameters/0", own)],
        ),
        (
            "numeric-id",
            "/paths/~1notes~1{note}/parameters/0",
            vec![("/paths/~1notes~1{note}/parameters/0/schema", number)],
        ),
        ("open-object", note, vec![("/components/schemas/Note/additionalProperties", Value::Null)]),
        (
            "open-object",
            note,
            vec![("/components/schemas/Note/additionalProperties", json!({ "enum": [1] }))],
        ),
        (
            "open-string",
            "/components/schemas/Note/properties/text",
            vec![("/components/schemas/Note/properties/text/maxLength", Value::Null)],
        ),
        (
            "free-string",
            "/components/schemas/Note/properties/text",
            vec![("/components/schemas/Note/properties/text/pattern", Value::Null)],
        ),
        (
            "open-array",
            "/components/schemas/Note/properties/tags",
            vec![("/components/schemas/Note/properties/tags/maxItems", Value::Null)],
        ),
        (
            "open-number",
            "/components/schemas/Note/properties/stars",
            vec![("/components/schemas/Note/properties/stars/maximum", Value::Null)],
        ),
        (
            "open-number",
            "/paths/~1notes/get/parameters/0/schema",
            vec![("/paths/~1notes/get/parameters/0/schema/minimum", Value::Null)],
        ),
        (
            "free-number",
            "/components/schemas/Note/properties/stars",
            vec![("/components/schemas/Note/properties/stars/format", Value::Null)],
        ),
        (
            "untyped",
            "/components/schemas/Note/properties/text",
            vec![("/components/schemas/Note/properties/text", json!({}))],
        ),
        (
            "untyped",
            "/components/schemas/Note/properties/tags",
            vec![("/components/schemas/Note/properties/tags/items", Value::Null)],
        ),
        (
            "untyped",
            "/paths/~1notes/get/parameters/0",
            vec![("/paths/~1notes/get/parameters/0/schema", Value::Null)],
        ),
        (
            "body-without-schema",
            "/paths/~1notes/post/requestBody/content/application~1json",
            vec![("/paths/~1notes/post/requestBody/content/application~1json/schema", Value::Null)],
        ),
        (
            "any-media-type",
            "/paths/~1notes/post/requestBody/content/*~1*",
            vec![("/paths/~1notes/post/requestBody/content/*~1*", schema.clone())],
        ),
        (
            "body-in-get",
            list,
            vec![(
                "/paths/~1notes/get/requestBody",
                json!({ "content": { "application/json": schema } }),
            )],
        ),
        ("no-401", list, vec![("/paths/~1notes/get/responses/401", Value::Null)]),
        ("no-403", list, vec![("/paths/~1notes/get/responses/403", Value::Null)]),
        ("no-429", list, vec![("/paths/~1notes/get/responses/429", Value::Null)]),
        ("no-limit-headers", list, vec![("/paths/~1notes/get/responses/200/headers", Value::Null)]),
        (
            "no-retry-after",
            "/components/responses/TooMany",
            vec![("/components/responses/TooMany/headers", Value::Null)],
        ),
        ("no-400", list, vec![("/paths/~1notes/get/responses/400", Value::Null)]),
        ("no-5xx", list, vec![("/paths/~1notes/get/responses/500", Value::Null)]),
        (
            "error-without-schema",
            "/components/responses/Refused",
            vec![("/components/responses/Refused/content", Value::Null)],
        ),
        (
            "answer-without-schema",
            "/paths/~1notes/get/responses/200",
            vec![("/paths/~1notes/get/responses/200/content", Value::Null)],
        ),
        (
            "no-success",
            "/paths/~1notes~1{note}/delete",
            vec![("/paths/~1notes~1{note}/delete/responses/204", Value::Null)],
        ),
        (
            "wrong-status",
            "/paths/~1notes/get/responses/600",
            vec![("/paths/~1notes/get/responses/600", json!({ "description": "" }))],
        ),
        (
            "content-without-body",
            "/paths/~1notes~1{note}/delete/responses/204",
            vec![("/paths/~1notes~1{note}/delete/responses/204/content", problem())],
        ),
        (
            "lost-reference",
            "/components/schemas/Lost/$ref",
            vec![("/components/schemas/Lost", json!({ "$ref": "#/components/schemas/Nobody" }))],
        ),
        ("no-operation-id", list, vec![("/paths/~1notes/get/operationId", Value::Null)]),
        (
            "same-operation-id",
            "/paths/~1notes~1{note}/delete",
            vec![("/paths/~1notes~1{note}/delete/operationId", json!("list_notes"))],
        ),
        ("no-tags", list, vec![("/paths/~1notes/get/tags", Value::Null)]),
        (
            "implicit-flow",
            "/components/securitySchemes/Login/flows/implicit",
            vec![(flows, json!({ "implicit": flow(fine) }))],
        ),
    ]
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

//! A change for each rule of `lint`, by which a document without a finding has that one.

use serde_json::{Value, json};

use super::clean::problem;

/// A rule, the place that is told, and the changes: a pointer with its new value, or `null` for none.
pub(super) type Plant = (&'static str, &'static str, Vec<(&'static str, Value)>);

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
            "admin-like-others",
            "/paths/~1admin~1notes/get",
            vec![(
                "/paths/~1admin~1notes/get/security",
                json!([{ "Login": ["admin"] }, { "Token": [] }]),
            )],
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
            "open-string",
            "/components/schemas/Note/properties/text/allOf/0/allOf/0/properties/a",
            vec![(
                "/components/schemas/Note/properties/text",
                json!({ "allOf": [{ "allOf": [{
                    "type": "object",
                    "properties": { "a": { "type": "string", "format": "x" } },
                    "additionalProperties": false,
                }] }] }),
            )],
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
        (
            "body-in-get",
            "/paths/~1notes~1{note}/delete",
            vec![(
                "/paths/~1notes~1{note}/delete/requestBody",
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

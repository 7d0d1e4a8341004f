//! Planted changes of answers, and of security as documents say it.

use secure_api::testing::{JsonValue, json};

use super::{bodies::answered, document, plain::both, schemas::Planted};

pub(super) fn planted() -> Vec<Planted> {
    [answers(), security()].into_iter().flatten().collect()
}

fn answers() -> Vec<Planted> {
    let answers = |answers: JsonValue| document(json!({ "responses": answers }));
    let of = |status: &str, answer: JsonValue| answers(json!({ "200": {}, status: answer }));
    let only = || answers(json!({ "200": {} }));
    let header = |required: bool| {
        answers(
            json!({ "200": { "headers": { "ETag": { "required": required, "schema": { "type": "string" } } } } }),
        )
    };
    let media = |content: JsonValue| answers(json!({ "200": { "content": content } }));
    let default = |value: &str| answered(json!({ "type": "string", "default": value }));
    let plain = || answered(json!({ "type": "string" }));
    let mut all = Vec::new();
    for (was, is, there, back) in [
        (
            only(),
            of("201", json!({})),
            "I response-success-status-added",
            "B response-success-status-removed",
        ),
        (
            only(),
            of("404", json!({})),
            "I response-non-success-status-added",
            "I response-non-success-status-removed",
        ),
        (only(), header(false), "I response-header-added", "W optional-response-header-removed"),
        (only(), header(true), "I response-header-added", "B required-response-header-removed"),
        (
            header(false),
            header(true),
            "I response-header-became-required",
            "B response-header-became-optional",
        ),
        (
            media(json!({ "text/csv": {} })),
            media(json!({ "text/csv": {}, "application/json": {} })),
            "I response-media-type-added",
            "B response-media-type-removed",
        ),
        (
            media(json!({ "application/json": {} })),
            plain(),
            "I response-body-media-type-schema-added",
            "W response-body-media-type-schema-removed",
        ),
        (
            plain(),
            default("a"),
            "I response-body-default-value-added",
            "I response-body-default-value-removed",
        ),
        (
            default("a"),
            default("b"),
            "I response-body-default-value-changed",
            "I response-body-default-value-changed",
        ),
    ] {
        all.extend(both(&was, &is, &[there], &[back]));
    }
    all
}

fn security() -> Vec<Planted> {
    let asks = |security: JsonValue| document(json!({ "security": security }));
    let schemes = |schemes: JsonValue| json!({ "openapi": "3.1.0", "components": { "securitySchemes": schemes } });
    let one = |scheme: JsonValue| schemes(json!({ "Key": scheme }));
    let key = |name: &str| one(json!({ "type": "apiKey", "in": "header", "name": name }));
    let oauth = |authorization: &str, token: &str| {
        let flow = json!({ "authorizationUrl": authorization, "tokenUrl": token });
        one(json!({ "type": "oauth2", "flows": { "authorizationCode": flow } }))
    };
    let mut all = Vec::new();
    for (was, is, there, back) in [
        (
            asks(json!([{ "A": [] }])),
            asks(json!([])),
            "S operation-became-public",
            "B operation-became-protected",
        ),
        (
            asks(json!([{ "A": [] }])),
            asks(json!([{ "A": [] }, {}])),
            "S operation-became-public",
            "B operation-became-protected",
        ),
        (
            asks(json!([{ "A": [] }])),
            asks(json!([{ "A": [] }, { "B": [] }])),
            "S api-security-added",
            "B api-security-removed",
        ),
        (
            asks(json!([{ "A": ["r"] }])),
            asks(json!([{ "A": [] }])),
            "S api-security-scope-removed",
            "B api-security-scope-added",
        ),
        (
            schemes(json!({})),
            key("X-Key"),
            "I api-security-component-added",
            "I api-security-component-removed",
        ),
        (
            key("X-Key"),
            key("X-Other"),
            "B api-security-component-location-changed",
            "B api-security-component-location-changed",
        ),
        (
            key("X-Key"),
            one(json!({ "type": "http", "scheme": "bearer" })),
            "B api-security-component-type-changed",
            "B api-security-component-type-changed",
        ),
        (
            oauth("https://a", "https://t"),
            oauth("https://b", "https://t"),
            "W api-security-component-oauth-url-changed",
            "W api-security-component-oauth-url-changed",
        ),
        (
            oauth("https://a", "https://t"),
            oauth("https://a", "https://u"),
            "W api-security-component-oauth-token-url-changed",
            "W api-security-component-oauth-token-url-changed",
        ),
    ] {
        all.extend(both(&was, &is, &[there], &[back]));
    }
    all
}

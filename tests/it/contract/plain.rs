//! Planted changes of everything but schemas: operations and their ends, parameters, bodies, properties, answers, security.

use secure_api::testing::{JsonValue, json};

use super::{
    document,
    schemas::{Planted, generalized},
    with_paths,
};

pub(super) fn planted() -> Vec<Planted> {
    let lists = [
        operations(),
        parameters(),
        bodies(),
        properties(),
        hidden(),
        answers(),
        security(),
        generalized(),
    ];
    lists.into_iter().flatten().collect()
}

fn row(old: JsonValue, new: JsonValue, told: &[&str]) -> Planted {
    (old, new, told.iter().map(|told| (*told).to_owned()).collect())
}

/// The change, and the way back.
fn both(old: &JsonValue, new: &JsonValue, there: &[&str], back: &[&str]) -> [Planted; 2] {
    [row(old.clone(), new.clone(), there), row(new.clone(), old.clone(), back)]
}

fn operations() -> Vec<Planted> {
    let two = |get: JsonValue| with_paths(json!({ "/v1/a": { "get": get, "post": {} } }));
    let one = || with_paths(json!({ "/v1/a": { "post": {} } }));
    let alone = |get: JsonValue| with_paths(json!({ "/v1/b": { "get": get } }));
    let none = || with_paths(json!({}));
    let end = |day: &str| json!({ "deprecated": true, "x-sunset": day });
    let live = || json!({});
    let ended = || json!({ "deprecated": true });
    let mut all = Vec::new();
    for (with, without, path) in
        [(two as fn(JsonValue) -> JsonValue, one as fn() -> JsonValue, ""), (alone, none, "path-")]
    {
        let gone = |rule: &str| format!("{rule}").replace("api-", &format!("api-{path}"));
        for (was, told) in [
            (live(), "B api-removed-without-deprecation"),
            (ended(), "B api-removed-without-sunset"),
            (end("2026-12-31"), "B api-removed-before-sunset"),
            (end("2026-06-02T00:00:00Z"), "B api-removed-before-sunset"),
            (end("2026-06-01"), "I api-removed-with-deprecation"),
            (end("2020-01-01"), "I api-removed-with-deprecation"),
        ] {
            all.push(row(with(was), without(), &[&gone(told)]));
        }
        all.push(row(with(end("soon")), without(), &["B api-path-sunset-parse"]));
        all.push(row(without(), with(live()), &["I endpoint-added"]));
    }
    for (was, is, told) in [
        (live(), ended(), "W api-deprecated-sunset-missing"),
        (live(), end("2027-01-01"), "I endpoint-deprecated-with-sunset"),
        (live(), end("2026-01-01"), "B api-sunset-date-too-small"),
        (live(), end("soon"), "B api-deprecated-sunset-parse"),
        (end("2027-01-01"), live(), "I endpoint-reactivated"),
        (end("2027-01-01"), ended(), "B sunset-deleted"),
        (end("2027-01-01"), end("2026-12-31"), "B api-sunset-date-changed-too-small"),
        (end("2027-01-01"), end("2028-01-01"), "I endpoint-deprecated-with-sunset"),
        (ended(), end("2028-01-01"), "I endpoint-deprecated-with-sunset"),
        (end("2027-01-01"), end("soon"), "B api-deprecated-sunset-parse"),
        (
            json!({ "operationId": "a" }),
            json!({ "operationId": "b" }),
            "I api-operation-id-removed",
        ),
        (live(), json!({ "operationId": "b" }), "I api-operation-id-added"),
    ] {
        all.push(row(alone(was), alone(is), &[told]));
    }
    let hook =
        |post: JsonValue| json!({ "openapi": "3.1.0", "webhooks": { "paid": { "post": post } } });
    let bare = || json!({ "openapi": "3.1.0" });
    all.extend(both(&bare(), &hook(json!({})), &["I webhook-added"], &["B webhook-removed"]));
    let more = json!({ "requestBody": { "required": true } });
    all.push(row(hook(json!({})), hook(more), &["U webhook-not-compared"]));
    all
}

fn parameters() -> Vec<Planted> {
    let text = || json!({ "type": "string" });
    let with = |parameters: JsonValue| document(json!({ "parameters": parameters }));
    let one = |more: JsonValue| {
        let mut one = json!({ "name": "sort", "in": "query", "schema": text() });
        for (name, value) in more.as_object().expect("an object") {
            one[name] = value.clone();
        }
        document(json!({ "parameters": [one] }))
    };
    let plain = || one(json!({}));
    let none = || with(json!([]));
    let required = || one(json!({ "required": true }));
    let deprecated = |day: &str| one(json!({ "deprecated": true, "x-sunset": day }));
    let default = |value: &str| one(json!({ "schema": { "type": "string", "default": value } }));
    let list = |style: &str| {
        one(json!({ "style": style, "schema": { "type": "array", "items": text() } }))
    };
    let mut all = vec![
        row(none(), plain(), &["I new-optional-request-parameter"]),
        row(none(), required(), &["B new-required-request-parameter"]),
        row(plain(), none(), &["W request-parameter-removed"]),
        row(deprecated("2026-06-02"), none(), &["B request-parameter-removed-before-sunset"]),
        row(deprecated("2026-06-01"), none(), &["I request-parameter-removed-with-deprecation"]),
        row(plain(), one(json!({ "in": "header" })), &["B request-parameter-location-changed"]),
        row(list("form"), list("spaceDelimited"), &["B request-parameter-style-changed"]),
        row(plain(), default("up"), &["B request-parameter-default-value-added"]),
        row(default("up"), plain(), &["B request-parameter-default-value-removed"]),
        row(default("up"), default("down"), &["B request-parameter-default-value-changed"]),
        row(
            none(),
            with(json!([{ "name": "order", "in": "path", "required": true, "schema": text() }])),
            &["B new-request-path-parameter"],
        ),
    ];
    all.extend(both(
        &plain(),
        &required(),
        &["B request-parameter-became-required"],
        &["I request-parameter-became-optional"],
    ));
    all.extend(both(
        &plain(),
        &one(json!({ "deprecated": true })),
        &["I request-parameter-deprecated"],
        &["I request-parameter-reactivated"],
    ));
    // The name of a parameter of the path is nothing that a client says, and that of a header has no case.
    let renamed = with_paths(json!({ "/v1/orders/{id}": { "post": {
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": text() }]
    } } }));
    let named =
        with(json!([{ "name": "order", "in": "path", "required": true, "schema": text() }]));
    all.push(row(named, renamed, &[]));
    let header = |name: &str| with(json!([{ "name": name, "in": "header", "schema": text() }]));
    all.push(row(header("X-A"), header("x-a"), &[]));
    all
}

fn bodies() -> Vec<Planted> {
    let body = |body: JsonValue| document(json!({ "requestBody": body }));
    let json_of = |schema: JsonValue| {
        body(json!({ "content": { "application/json": { "schema": schema } } }))
    };
    let none = || document(json!({}));
    let bare = |required: bool| {
        body(json!({ "required": required, "content": { "application/json": {} } }))
    };
    let typed = || json_of(json!({ "type": "string" }));
    let default = |value: &str| json_of(json!({ "type": "string", "default": value }));
    let media = |names: &[&str]| {
        let content: Vec<_> = names.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
        body(json!({ "content": JsonValue::Object(content.into_iter().collect()) }))
    };
    let nowhere = json_of(json!({ "$ref": "#/components/schemas/Nowhere" }));
    let mut all = vec![
        row(none(), bare(true), &["B request-body-added-required"]),
        row(none(), bare(false), &["I request-body-added-optional"]),
        row(bare(false), none(), &["B request-body-removed"]),
        row(default("a"), default("b"), &["I request-body-default-value-changed"]),
        row(typed(), nowhere, &["U reference-not-resolved"]),
    ];
    all.extend(both(
        &bare(false),
        &bare(true),
        &["B request-body-became-required"],
        &["I request-body-became-optional"],
    ));
    all.extend(both(
        &media(&["application/json"]),
        &media(&["application/json", "text/csv"]),
        &["I request-body-media-type-added"],
        &["B request-body-media-type-removed"],
    ));
    all.extend(both(
        &media(&["application/json"]),
        &typed(),
        &["B request-body-media-type-schema-added"],
        &["I request-body-media-type-schema-removed"],
    ));
    all.extend(both(
        &typed(),
        &default("a"),
        &["I request-body-default-value-added"],
        &["I request-body-default-value-removed"],
    ));
    all
}

fn taken(schema: JsonValue) -> JsonValue {
    document(json!({ "requestBody": { "content": { "application/json": { "schema": schema } } } }))
}

fn answered(schema: JsonValue) -> JsonValue {
    document(
        json!({ "responses": { "200": { "content": { "application/json": { "schema": schema } } } } }),
    )
}

/// An object with the property `p`, which is required or not.
fn object(p: JsonValue, required: bool) -> JsonValue {
    let required = if required { json!(["p"]) } else { json!([]) };
    json!({ "type": "object", "properties": { "p": p }, "required": required })
}

fn properties() -> Vec<Planted> {
    let empty = || json!({ "type": "object" });
    let text = || json!({ "type": "string" });
    let default = |value: &str| json!({ "type": "string", "default": value });
    let old = || json!({ "type": "string", "deprecated": true });
    let [request, response]: [fn(JsonValue) -> JsonValue; 2] = [taken, answered];
    let mut all = Vec::new();
    for (of, was, is, there, back) in [
        (
            request,
            empty(),
            object(text(), true),
            "B new-required-request-property",
            "W request-property-removed",
        ),
        (
            request,
            empty(),
            object(text(), false),
            "I new-optional-request-property",
            "W request-property-removed",
        ),
        (
            request,
            empty(),
            object(default("a"), true),
            "B new-required-request-property-with-default",
            "W request-property-removed",
        ),
        (
            request,
            object(text(), false),
            object(text(), true),
            "B request-property-became-required",
            "I request-property-became-optional",
        ),
        (
            request,
            object(default("a"), false),
            object(default("a"), true),
            "B request-property-became-required-with-default",
            "I request-property-became-optional",
        ),
        (
            request,
            object(text(), false),
            object(old(), false),
            "I request-property-deprecated",
            "I request-property-reactivated",
        ),
        (
            request,
            object(text(), false),
            object(default("a"), false),
            "I request-property-default-value-added",
            "I request-property-default-value-removed",
        ),
        (
            request,
            object(default("a"), false),
            object(default("b"), false),
            "I request-property-default-value-changed",
            "I request-property-default-value-changed",
        ),
        (
            response,
            empty(),
            object(text(), true),
            "I response-required-property-added",
            "B response-required-property-removed",
        ),
        (
            response,
            empty(),
            object(text(), false),
            "I response-optional-property-added",
            "W response-optional-property-removed",
        ),
        (
            response,
            object(text(), false),
            object(text(), true),
            "I response-property-became-required",
            "B response-property-became-optional",
        ),
        (
            response,
            object(text(), true),
            object(old(), true),
            "I response-property-deprecated",
            "I response-property-reactivated",
        ),
        (
            response,
            object(text(), true),
            object(default("a"), true),
            "I response-property-default-value-added",
            "I response-property-default-value-removed",
        ),
        (
            response,
            object(default("a"), true),
            object(default("b"), true),
            "I response-property-default-value-changed",
            "I response-property-default-value-changed",
        ),
    ] {
        all.extend(both(&of(was), &of(is), &[there], &[back]));
    }
    all
}

/// What only answers have, and what only requests have.
fn hidden() -> Vec<Planted> {
    let text = || json!({ "type": "string" });
    let read = || json!({ "type": "string", "readOnly": true });
    let write = || json!({ "type": "string", "writeOnly": true });
    let mut all = Vec::new();
    for (required, word) in [(false, "optional"), (true, "required")] {
        let request = |not: &str| format!("request-{word}-property-became-{not}read-only");
        let response = |not: &str| format!("response-{word}-property-became-{not}write-only");
        let weights = if required { ('B', 'B', 'W') } else { ('I', 'W', 'I') };
        all.extend(both(
            &taken(object(text(), required)),
            &taken(object(read(), required)),
            &[&format!("I {}", request(""))],
            &[&format!("{} {}", weights.0, request("not-"))],
        ));
        all.extend(both(
            &answered(object(text(), required)),
            &answered(object(write(), required)),
            &[&format!("{} {}", weights.1, response(""))],
            &[&format!("{} {}", weights.2, response("not-"))],
        ));
    }
    // A property that only answers have may change in requests as it likes.
    let bounded = json!({ "type": "string", "readOnly": true, "maxLength": 3 });
    all.extend(both(&taken(object(read(), false)), &taken(object(bounded, true)), &[], &[]));
    let bounded = json!({ "type": "string", "writeOnly": true, "maxLength": 3 });
    all.extend(both(&answered(object(bounded, true)), &answered(object(write(), false)), &[], &[]));
    all
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

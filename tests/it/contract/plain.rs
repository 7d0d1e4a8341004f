//! Planted changes of everything but schemas: operations and their ends, and parameters.

use secure_api::testing::{JsonValue, json};

use super::{
    answers, bodies, document, inner,
    schemas::{Planted, generalized},
    with_paths,
};

pub(super) fn planted() -> Vec<Planted> {
    let lists = [
        operations(),
        parameters(),
        bodies::planted(),
        answers::planted(),
        generalized(),
        inner::first_items(),
        inner::webhooks(),
    ];
    lists.into_iter().flatten().collect()
}

pub(super) fn row(old: JsonValue, new: JsonValue, told: &[&str]) -> Planted {
    (old, new, told.iter().map(|told| (*told).to_owned()).collect())
}

/// The change, and the way back.
pub(super) fn both(
    old: &JsonValue,
    new: &JsonValue,
    there: &[&str],
    back: &[&str],
) -> [Planted; 2] {
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
        let gone = |rule: &str| rule.replace("api-", &format!("api-{path}"));
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
    let out = |from: &str, until: &str| {
        let one =
            json!({ "from": format!("2026-{from}:00Z"), "until": format!("2026-{until}:00Z") });
        alone(json!({ "deprecated": true, "x-sunset": "2027-01-01", "x-brownouts": [one] }))
    };
    let in_service = || alone(end("2027-01-01"));
    let announced = out("12-01T10:00", "12-01T10:30");
    all.extend(both(&in_service(), &announced, &["I brownout-announced"], &["I brownout-removed"]));
    let longer = out("12-01T10:00", "12-01T11:00");
    let moved = ["I brownout-announced", "I brownout-removed"];
    all.extend(both(&announced, &longer, &moved, &moved));
    // Fourteen days of notice, to the second.
    for (from, told) in [
        ("06-14T23:59", "B brownout-sudden"),
        ("06-15T00:00", "I brownout-announced"),
        ("05-31T23:59", "B brownout-sudden"),
    ] {
        let soon = out(from, "06-15T00:30");
        all.extend(both(&in_service(), &soon, &[told], &["I brownout-removed"]));
    }
    let over = out("05-31T10:00", "06-01T00:00");
    all.extend(both(&in_service(), &over, &[], &[]));
    let text =
        alone(json!({ "deprecated": true, "x-sunset": "2027-01-01", "x-brownouts": "soon" }));
    let unread = ["U brownouts-not-read"];
    all.extend(both(&in_service(), &text, &unread, &unread));
    let hook =
        |post: JsonValue| json!({ "openapi": "3.1.0", "webhooks": { "paid": { "post": post } } });
    let bare = || json!({ "openapi": "3.1.0" });
    all.extend(both(&bare(), &hook(json!({})), &["I webhook-added"], &["B webhook-removed"]));
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

//! Planted changes of bodies and their properties.

use secure_api::testing::{JsonValue, json};

use super::{
    document,
    plain::{both, row},
    schemas::Planted,
};

pub(super) fn planted() -> Vec<Planted> {
    [bodies(), properties(), hidden()].into_iter().flatten().collect()
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

pub(super) fn answered(schema: JsonValue) -> JsonValue {
    document(
        json!({ "responses": { "200": { "content": { "application/json": { "schema": schema } } } } }),
    )
}

/// Returns an object with the property `p`, which is required or not.
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

/// Returns changes of properties that only answers have, and that only requests have.
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

//! Planted changes of what has schemas of its own: the first items of a list, `not`, conditions, and webhooks.

use secure_api::testing::{JsonValue, json};

use super::{
    places::places,
    plain::{both, row},
    schemas::{Planted, Row, list, object, text},
};

pub(super) fn rows() -> Vec<Row> {
    let tightened = ["B not-tightened", "I not-loosened", "I not-tightened", "B not-loosened"];
    let loosened = ["I not-loosened", "B not-tightened", "B not-loosened", "I not-tightened"];
    let narrower = ["I if-loosened", "B if-tightened", "B if-loosened", "I if-tightened"];
    let wider = ["B if-tightened", "I if-loosened", "I if-tightened", "B if-loosened"];
    let moved = |word: &str| -> [&'static str; 4] {
        let request = format!("B {word}-tightened, I {word}-loosened").leak();
        let answer = format!("I {word}-tightened, B {word}-loosened").leak();
        [request, request, answer, answer]
    };
    let not = |schema: JsonValue| json!({ "not": schema });
    let mut rows = vec![
        (
            text("not", json!({ "const": "a" })),
            text("not", json!({ "enum": ["a", "b"] })),
            tightened,
        ),
        (text("not", json!({ "const": "a" })), text("not", json!({ "const": "b" })), moved("not")),
        (not(json!({ "maxLength": 3 })), not(json!({ "maxLength": 5 })), tightened),
        (
            not(json!({ "type": "integer", "minimum": 5 })),
            not(json!({ "type": "number", "minimum": 3 })),
            tightened,
        ),
        (not(json!({ "required": ["a"] })), not(json!({ "required": ["a", "b"] })), loosened),
        (not(json!({ "required": ["a"] })), not(json!({ "required": ["b"] })), moved("not")),
        (
            not(json!({ "type": "object", "properties": { "a": { "maxLength": 3 } } })),
            not(json!({ "type": "object", "properties": { "a": { "maxLength": 2 } } })),
            loosened,
        ),
        (not(json!({ "type": "string" })), not(json!({ "type": "integer" })), moved("not")),
        // The same in other words.
        (not(json!({ "const": 1 })), not(json!({ "enum": [1] })), [""; 4]),
        (
            not(json!({ "minLength": 0, "type": ["string"] })),
            not(json!({ "type": "string" })),
            [""; 4],
        ),
        // What nobody can say by reading stays that.
        (
            not(json!({ "pattern": "^a" })),
            not(json!({ "pattern": "^b" })),
            ["U schema-not-compared"; 4],
        ),
    ];
    let when = |condition: JsonValue, asked: &[&str]| {
        let mut schema = json!({ "type": "object", "if": condition });
        for word in asked {
            schema[*word] = json!({ "required": [*word] });
        }
        schema
    };
    let (few, more) = (|| json!({ "required": ["a", "b"] }), || json!({ "required": ["a"] }));
    rows.extend([
        (when(more(), &["then"]), when(few(), &["then"]), narrower),
        (when(more(), &["else"]), when(few(), &["else"]), wider),
        (when(more(), &["then", "else"]), when(few(), &["then", "else"]), moved("if")),
        // A condition that asks nothing is none.
        (when(more(), &[]), when(few(), &[]), [""; 4]),
        (
            when(json!({ "propertyNames": { "pattern": "^a" } }), &["then"]),
            when(json!({ "propertyNames": { "pattern": "^b" } }), &["then"]),
            ["U schema-not-compared"; 4],
        ),
    ]);
    let shifted = [
        "B max-properties-decreased",
        "I max-properties-increased",
        "I max-properties-decreased",
        "B max-properties-increased",
    ];
    let set = [
        "W max-properties-set",
        "I max-properties-unset",
        "I max-properties-set",
        "B max-properties-unset",
    ];
    // What is said of another type than is stated says nothing.
    rows.extend([
        (
            json!({ "type": "object", "items": { "type": "object", "required": ["a"] }, "minLength": 3 }),
            json!({ "type": "object" }),
            [""; 4],
        ),
        (text("maximum", json!(3)), text("required", json!(["a"])), [""; 4]),
    ]);
    for word in ["then", "else"] {
        let asks = |most: u8| json!({ "type": "object", "if": { "required": ["a"] }, word: { "maxProperties": most } });
        rows.push((asks(9), asks(5), shifted));
        rows.push((object("if", json!({ "required": ["a"] })), asks(5), set));
        // Without a condition nothing follows.
        rows.push((
            object(word, json!({ "maxProperties": 9 })),
            object("type", json!("object")),
            [""; 4],
        ));
    }
    rows
}

/// Returns changes of the first items of a list, at each place.
pub(super) fn first_items() -> Vec<Planted> {
    let string = || json!({ "type": "string" });
    let first = |items: JsonValue| list("prefixItems", items);
    let pair = |second: JsonValue| json!({ "type": "array", "prefixItems": [string(), second], "items": string() });
    let shorter = |most: u8| first(json!([{ "type": "string", "maxLength": most }]));
    let rows: Vec<Row> = vec![
        (
            first(json!([string()])),
            first(json!([])),
            ["I type-generalized", "B type-changed", "B type-generalized", "I type-specialized"],
        ),
        (
            shorter(9),
            shorter(5),
            [
                "B max-length-decreased",
                "I max-length-increased",
                "I max-length-decreased",
                "B max-length-increased",
            ],
        ),
        // At the second place stood what stands at all that are not among the first.
        (
            json!({ "type": "array", "prefixItems": [string()], "items": string() }),
            pair(json!({ "type": "integer" })),
            ["B type-changed"; 4],
        ),
        (json!({ "type": "array", "items": string() }), pair(string()), [""; 4]),
    ];
    let mut all = Vec::new();
    for (one, other, [there, back, answer_there, answer_back]) in rows {
        for (place, _, is_request) in places() {
            let (there, back, direction) = match is_request {
                true => (there, back, "request"),
                false => (answer_there, answer_back, "response"),
            };
            for (old, new, told) in [(&one, &other, there), (&other, &one, back)] {
                let told = told.split(", ").filter(|told| !told.is_empty());
                let told = told
                    .map(|told| format!("{} {direction}-property-{}", &told[..1], &told[2..]))
                    .collect();
                all.push((place(old.clone()), place(new.clone()), told));
            }
        }
    }
    all
}

/// Returns changes of what is sent to clients, which is told as an answer, and of what comes back, which is told as a request.
pub(super) fn webhooks() -> Vec<Planted> {
    let hook =
        |post: JsonValue| json!({ "openapi": "3.1.0", "webhooks": { "paid": { "post": post } } });
    let content =
        |schema: JsonValue| json!({ "content": { "application/json": { "schema": schema } } });
    let sent = |schema: JsonValue| hook(json!({ "requestBody": content(schema) }));
    let taken = |schema: JsonValue| hook(json!({ "responses": { "200": content(schema) } }));
    let of = |required: JsonValue| json!({ "type": "object", "properties": { "a": { "type": "string" } }, "required": required });
    let bare = || json!({ "type": "object" });
    let statuses = |names: &[&str]| {
        let all = names.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
        hook(json!({ "responses": JsonValue::Object(all) }))
    };
    let mut all = Vec::new();
    all.extend(both(
        &hook(json!({})),
        &sent(bare()),
        &["I webhook-body-added"],
        &["B webhook-body-removed"],
    ));
    all.extend(both(
        &sent(bare()),
        &sent(of(json!([]))),
        &["I response-optional-property-added"],
        &["W response-optional-property-removed"],
    ));
    all.extend(both(
        &taken(of(json!([]))),
        &taken(of(json!(["a"]))),
        &["B request-property-became-required"],
        &["I request-property-became-optional"],
    ));
    all.extend(both(
        &statuses(&["200"]),
        &statuses(&["200", "410"]),
        &["I webhook-status-added"],
        &["B webhook-status-removed"],
    ));
    let more = hook(json!({ "security": [{ "key": [] }] }));
    all.push(row(hook(json!({})), more, &["U webhook-not-compared"]));
    let named = hook(json!({ "summary": "A payment.", "operationId": "paid" }));
    all.extend(both(&hook(json!({})), &named, &[], &[]));
    all
}

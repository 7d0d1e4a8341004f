//! Planted changes of schemas, each at every place where a schema stands, in both directions.

use secure_api::testing::{JsonValue, json};

use super::{bounds, inner, places::places};

/// Two schemas, and what is told of the way from one to the other: of requests there and back, of answers there and back.
/// Each is its weight and the end of the rule's name, or nothing.
pub(super) type Row = (JsonValue, JsonValue, [&'static str; 4]);

/// Old and new document, and all that is to be told.
pub(super) type Planted = (JsonValue, JsonValue, Vec<String>);

pub(super) fn planted() -> Vec<Planted> {
    let mut all = Vec::new();
    for (one, other, [there, back, answer_there, answer_back]) in rows() {
        for (place, prefix, is_request) in places() {
            let (there, back) =
                if is_request { (there, back) } else { (answer_there, answer_back) };
            for (old, new, told) in [(&one, &other, there), (&other, &one, back)] {
                let told = told.split(", ").filter(|told| !told.is_empty());
                let told =
                    told.map(|told| format!("{} {prefix}{}", &told[..1], &told[2..])).collect();
                all.push((place(old.clone()), place(new.clone()), told));
            }
        }
    }
    all
}

/// A text with one more keyword.
pub(super) fn text(word: &str, value: JsonValue) -> JsonValue {
    json!({ "type": "string", word: value })
}

pub(super) fn number(word: &str, value: JsonValue) -> JsonValue {
    json!({ "type": "number", word: value })
}

pub(super) fn list(word: &str, value: JsonValue) -> JsonValue {
    json!({ "type": "array", word: value })
}

pub(super) fn object(word: &str, value: JsonValue) -> JsonValue {
    json!({ "type": "object", word: value })
}

fn rows() -> Vec<Row> {
    let plain = || json!({ "type": "string" });
    let card = || json!({ "type": "object", "title": "Card", "properties": { "kind": { "const": "card" } } });
    let cash = || json!({ "type": "object", "title": "Cash", "properties": { "kind": { "const": "cash" } } });
    let mut rows = vec![
        (
            plain(),
            json!({ "type": "integer" }),
            ["B type-changed", "B type-changed", "B type-changed", "B type-changed"],
        ),
        (
            json!({ "type": "integer" }),
            json!({ "type": "number" }),
            ["I type-generalized", "B type-changed", "B type-generalized", "I type-specialized"],
        ),
        (
            plain(),
            text("format", json!("uuid")),
            ["B type-changed", "I type-generalized", "I type-specialized", "B type-generalized"],
        ),
        (
            text("format", json!("date")),
            text("format", json!("uuid")),
            ["B type-changed", "B type-changed", "B type-changed", "B type-changed"],
        ),
        (
            json!({ "type": "integer", "format": "int32" }),
            json!({ "type": "integer", "format": "int64" }),
            ["I type-generalized", "B type-changed", "B type-generalized", "I type-specialized"],
        ),
        (
            plain(),
            json!({ "type": ["string", "integer"] }),
            [
                "I list-of-types-widened",
                "B list-of-types-narrowed",
                "B list-of-types-widened",
                "I list-of-types-narrowed",
            ],
        ),
        (
            json!(true),
            plain(),
            ["B type-changed", "I type-generalized", "I type-specialized", "B type-generalized"],
        ),
        // 3.0 and 3.1 say alike that null is taken.
        (
            plain(),
            json!({ "type": ["string", "null"] }),
            [
                "I became-nullable",
                "B became-not-nullable",
                "B became-nullable",
                "I became-not-nullable",
            ],
        ),
        (
            plain(),
            json!({ "type": "string", "nullable": true }),
            [
                "I became-nullable",
                "B became-not-nullable",
                "B became-nullable",
                "I became-not-nullable",
            ],
        ),
        (
            plain(),
            json!({ "oneOf": [{ "type": "null" }, { "type": "string" }] }),
            [
                "I became-nullable",
                "B became-not-nullable",
                "B became-nullable",
                "I became-not-nullable",
            ],
        ),
        (
            plain(),
            text("enum", json!(["a", "b"])),
            ["B became-enum", "I enum-removed", "I became-enum", "W enum-removed"],
        ),
        (
            text("enum", json!(["a", "b"])),
            text("enum", json!(["c", "b", "a"])),
            [
                "I enum-value-added",
                "B enum-value-removed",
                "W enum-value-added",
                "I enum-value-removed",
            ],
        ),
        (
            plain(),
            text("const", json!("a")),
            ["B const-added", "I const-removed", "I const-added", "B const-removed"],
        ),
        (text("const", json!("a")), text("const", json!("b")), ["B const-changed"; 4]),
        (
            text("pattern", json!("^a+$")),
            plain(),
            ["I pattern-removed", "B pattern-added", "B pattern-removed", "I pattern-added"],
        ),
        (text("pattern", json!("^a+$")), text("pattern", json!("^b+$")), ["U pattern-changed"; 4]),
        (
            number("multipleOf", json!(2)),
            json!({ "type": "number" }),
            [
                "I multiple-of-removed",
                "B multiple-of-added",
                "B multiple-of-removed",
                "I multiple-of-added",
            ],
        ),
        (
            number("multipleOf", json!(4)),
            number("multipleOf", json!(2)),
            [
                "I multiple-of-widened",
                "B multiple-of-narrowed",
                "B multiple-of-widened",
                "I multiple-of-narrowed",
            ],
        ),
        (
            number("multipleOf", json!(4)),
            number("multipleOf", json!(6)),
            ["U schema-not-compared"; 4],
        ),
        (
            json!({ "type": "array" }),
            list("uniqueItems", json!(true)),
            [
                "B unique-items-added",
                "I unique-items-removed",
                "I unique-items-added",
                "B unique-items-removed",
            ],
        ),
        (
            json!({ "type": "object" }),
            object("additionalProperties", json!(false)),
            [
                "B additional-properties-forbidden",
                "I additional-properties-allowed",
                "I additional-properties-forbidden",
                "W additional-properties-allowed",
            ],
        ),
        (
            json!({ "oneOf": [card()] }),
            json!({ "oneOf": [cash(), card()] }),
            ["I one-of-added", "B one-of-removed", "B one-of-added", "I one-of-removed"],
        ),
        (
            json!({ "anyOf": [card(), cash(), { "type": "string" }] }),
            json!({ "anyOf": [cash(), card()] }),
            ["B any-of-removed", "I any-of-added", "I any-of-removed", "B any-of-added"],
        ),
        (
            json!({ "oneOf": [card(), cash()], "discriminator": { "propertyName": "kind" } }),
            json!({ "oneOf": [card(), cash()], "discriminator": { "propertyName": "sort" } }),
            ["B discriminator-property-name-changed"; 4],
        ),
        (
            json!({ "oneOf": [card(), cash()] }),
            json!({ "type": "integer" }),
            [
                "B one-of-removed",
                "U schema-not-compared",
                "U schema-not-compared",
                "B one-of-added",
            ],
        ),
        (
            text("contentEncoding", json!("base64")),
            text("contentEncoding", json!("base32")),
            ["B content-encoding-changed"; 4],
        ),
        (
            text("contentMediaType", json!("image/png")),
            text("contentMediaType", json!("image/gif")),
            ["B content-media-type-changed"; 4],
        ),
        // Bounds of two parts hold both, and a bound that `allOf` says is one.
        (
            json!({ "allOf": [{ "type": "string", "maxLength": 9 }, { "maxLength": 5 }] }),
            json!({ "type": "string", "allOf": [{ "maxLength": 4 }, { "maxLength": 9 }] }),
            [
                "B max-length-decreased",
                "I max-length-increased",
                "I max-length-decreased",
                "B max-length-increased",
            ],
        ),
        (
            json!({ "allOf": [{ "type": "string", "pattern": "^a" }, { "pattern": "^b" }] }),
            json!({ "allOf": [{ "type": "string", "pattern": "^a" }, { "pattern": "^c" }] }),
            ["U schema-not-compared"; 4],
        ),
    ];
    rows.extend(inner::rows());
    rows.extend(bounds::bounds());
    rows.extend(bounds::wholes());
    rows
}

/// Returns changes to a text with anything in it, as a pattern says that.
pub(super) fn generalized() -> Vec<Planted> {
    let mut all = Vec::new();
    for (place, prefix, is_request) in places() {
        let (one, any) = (text("pattern", json!("^a+$")), text("pattern", json!("^.*$")));
        let weight = if is_request { 'I' } else { 'B' };
        all.push((place(one), place(any), vec![format!("{weight} {prefix}pattern-generalized")]));
    }
    all
}

#[test]
fn whole_numbers_that_are_listed_are_a_range_or_the_multiples_in_it() {
    let listed = |values: JsonValue| json!({ "type": "integer", "enum": values });
    let range = |minimum: i64, maximum: i64| json!({ "type": "integer", "minimum": minimum, "maximum": maximum });
    let mut tens = range(10, 30);
    tens["multipleOf"] = json!(10);
    let place = places().into_iter().next().map(|(place, ..)| place).expect("a place");
    let is_removed = |one: &JsonValue, other: &JsonValue| {
        let found = super::told(&super::diff(&place(one.clone()), &place(other.clone())));
        found.iter().any(|rule| rule.ends_with("enum-removed"))
    };
    assert!(!is_removed(&listed(json!([0, 2, 1])), &range(0, 2)));
    assert!(!is_removed(&listed(json!([10, 30, 20])), &tens));
    for (values, other) in [
        (json!([0, 2]), range(0, 2)),
        (json!([0, 1, 2]), range(0, 3)),
        (json!([0, 1, 2]), json!({ "type": "integer", "minimum": 0 })),
        (json!([0, 1, 2]), json!({ "type": "number", "minimum": 0, "maximum": 2 })),
        (json!([0, 1, 2.5]), range(0, 2)),
        (json!([10, 20]), tens.clone()),
        (json!(["0", "1"]), range(0, 1)),
    ] {
        assert!(is_removed(&listed(values.clone()), &other), "{values} {other}");
    }
}

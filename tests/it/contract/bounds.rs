//! Planted changes of bounds, and of keywords that are compared as a whole.

use secure_api::testing::json;

use super::schemas::{Row, number};

pub(super) fn bounds() -> Vec<Row> {
    let mut rows = Vec::new();
    // Keyword, name in rules, a type, and `true` for an upper bound.
    for (word, name, kind, upper) in [
        ("maximum", "max", "number", true),
        ("exclusiveMaximum", "exclusive-max", "number", true),
        ("maxLength", "max-length", "string", true),
        ("maxItems", "max-items", "array", true),
        ("maxProperties", "max-properties", "object", true),
        ("x-max-depth", "max-depth", "object", true),
        ("minimum", "min", "number", false),
        ("exclusiveMinimum", "exclusive-min", "number", false),
        ("minLength", "min-length", "string", false),
        ("minItems", "min-items", "array", false),
        ("minProperties", "min-properties", "object", false),
    ] {
        let of = |value: u8| json!({ "type": kind, word: value });
        let (tight, loose) = if upper { (3, 7) } else { (7, 3) };
        let (tighter, looser) =
            if upper { ("decreased", "increased") } else { ("increased", "decreased") };
        let stem = |weight: char, change: &str| -> &'static str {
            format!("{weight} {name}-{change}").leak()
        };
        let shifted =
            [stem('B', tighter), stem('I', looser), stem('I', tighter), stem('B', looser)];
        rows.push((of(loose), of(tight), shifted));
        // No fewer than none is a bound that every text has.
        if name == "min-length" {
            rows.push((json!({ "type": kind }), of(tight), shifted));
            continue;
        }
        let unset = name.trim_start_matches("exclusive-");
        let unset = |weight: char| -> &'static str { format!("{weight} {unset}-unset").leak() };
        rows.push((
            json!({ "type": kind }),
            of(tight),
            [stem('W', "set"), unset('I'), stem('I', "set"), unset('B')],
        ));
    }
    // Of whole numbers, less than 8 is at most 7; of 3.0, a flag says it.
    let whole = |word: &str, value: u8| json!({ "type": "integer", word: value });
    rows.push((whole("exclusiveMaximum", 8), whole("maximum", 7), [""; 4]));
    rows.push((
        json!({ "type": "number", "maximum": 7, "exclusiveMaximum": true }),
        number("exclusiveMaximum", json!(7)),
        [""; 4],
    ));
    rows
}

pub(super) fn wholes() -> Vec<Row> {
    let mut rows = Vec::new();
    for (word, name, kind, value) in [
        ("contains", "contains", "array", json!({ "const": 1 })),
        ("not", "not", "string", json!({ "const": "a" })),
        ("if", "if", "object", json!({ "required": ["a"] })),
        ("propertyNames", "property-names", "object", json!({ "maxLength": 5 })),
        ("dependentRequired", "dependent-required", "object", json!({ "a": ["b"] })),
        ("dependentSchemas", "dependent-schema", "object", json!({ "a": { "minProperties": 2 } })),
        ("patternProperties", "pattern-property", "object", json!({ "^a": { "type": "string" } })),
        ("unevaluatedItems", "unevaluated-items", "array", json!(false)),
        ("unevaluatedProperties", "unevaluated-properties", "object", json!(false)),
        ("contentSchema", "content-schema", "string", json!({ "type": "object" })),
    ] {
        let stem = |weight: char, change: &str| -> &'static str {
            format!("{weight} {name}-{change}").leak()
        };
        rows.push((
            json!({ "type": kind }),
            json!({ "type": kind, word: value }),
            [stem('B', "added"), stem('I', "removed"), stem('I', "added"), stem('B', "removed")],
        ));
    }
    rows
}

//! Patterns and listed values: what readers differ about is told, and what several parts say holds together.

use super::*;

/// Returns the input of a body with one field of this schema.
fn input(schema: &Value) -> String {
    let document = document(
        &json!({ "/pets": { "post": {
            "operationId": "addPet", "security": [],
            "requestBody": { "content": { "application/json": { "schema": {
                "type": "object", "properties": { "text": schema },
            } } } },
            "responses": { "204": { "description": "done" } },
        } } }),
        &json!({}),
    );
    written(&document, None)["src/pets.rs"].clone()
}

#[test]
fn a_pattern_that_is_none_to_some_is_a_comment() {
    for pattern in ["*abc", "+", "^*a$", "a|+b", "^[]$", "^[^]$", "[]a]", "a]", "(*a)"] {
        let text = input(&json!({ "type": "string", "maxLength": 9, "pattern": pattern }));
        assert!(
            !text.contains("pattern =") && text.contains("which is for a `check` of yours"),
            "{text}"
        );
    }
    for pattern in ["^a *b$", "^[^a]$", "^(?:a|b)+$", "^[\\]a]$"] {
        let text = input(&json!({ "type": "string", "maxLength": 9, "pattern": pattern }));
        assert!(text.contains("pattern ="), "{text}");
    }
}

#[test]
fn of_two_lists_of_values_both_hold() {
    let two = json!({ "allOf": [{ "type": "string", "enum": ["a", "b", "c"] }, { "enum": ["c", "a", "d"] }] });
    let text = input(&two);
    assert!(text.contains("name = \"a\"") && text.contains("name = \"c\""), "{text}");
    assert!(!text.contains("name = \"b\"") && !text.contains("name = \"d\""), "{text}");
}

#[test]
fn what_a_type_does_not_say_is_a_comment() {
    for (schema, what) in [
        (json!({ "type": "string", "format": "email", "minLength": 20 }), "a length"),
        (json!({ "type": "string", "format": "uuid", "maxLength": 20 }), "a length"),
        (json!({ "type": "string", "format": "uuid", "pattern": "^a" }), "a pattern"),
        (
            json!({ "allOf": [{ "type": "string", "pattern": "^a$" }, { "pattern": "^.$" }] }),
            "further patterns",
        ),
    ] {
        let text = input(&schema);
        assert!(text.contains(&format!("// the document has {what} too")), "{schema}: {text}");
    }
}

#[test]
fn what_is_no_white_space_and_ends_no_line_is_told_by_its_letters() {
    let text = input(&json!({ "type": "string", "maxLength": 9, "pattern": "^\\S.[^\\s]\\s$" }));
    let blank = r"\\t-\\r \\x{A0}\\x{1680}";
    assert_eq!(text.matches(blank).count(), 2, "{text}");
    assert!(text.contains(r"[^\\n\\r\\x{2028}\\x{2029}]"), "{text}");
    assert!(text.contains(r"\\s$"), "{text}");
}

#[test]
fn an_address_has_the_length_that_is_stated_where_it_is_shorter() {
    for (format, length, wanted) in [
        ("email", json!({ "maxLength": 20 }), Some("max_len = 20")),
        ("uri", json!({ "maxLength": 500, "minLength": 1 }), Some("max_len = 500")),
        ("uri", json!({ "maxLength": 4000 }), None),
        ("email", json!({ "minLength": 1 }), None),
    ] {
        let mut schema = length;
        schema["type"] = json!("string");
        schema["format"] = json!(format);
        let text = input(&schema);
        assert_eq!(text.matches("max_len").count(), usize::from(wanted.is_some()), "{text}");
        assert!(wanted.is_none_or(|wanted| text.contains(wanted)), "{text}");
        assert!(!text.contains("which is for a `check` of yours"), "{text}");
    }
}

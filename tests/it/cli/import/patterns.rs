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
        (json!({ "type": "string", "format": "email", "maxLength": 20 }), "a length"),
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

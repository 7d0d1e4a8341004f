//! Numbers that are written as text, and bounds that several parts state.

use super::*;

/// Returns the file of a document of one operation that takes a schema and answers with it.
fn both(schema: &Value, schemas: &Value) -> String {
    let pet = json!({ "$ref": "#/components/schemas/Pet" });
    let mut all = schemas.clone();
    all["Pet"] = schema.clone();
    let paths = json!({ "/pets": { "post": {
        "operationId": "addPet",
        "tags": ["pets"],
        "security": [],
        "requestBody": { "content": { "application/json": { "schema": pet } } },
        "responses": answer(&pet),
    } } });
    let files = written(&document(&paths, &all), None);
    files.get("src/pets.rs").cloned().unwrap_or_default()
        + files.get("src/values.rs").map_or("", String::as_str)
}

fn has(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

#[test]
fn a_text_that_is_a_number_is_one() {
    let of = |more: Value| {
        let mut schema = json!({ "type": "string", "format": "int64" });
        for (name, value) in more.as_object().into_iter().flatten() {
            schema[name] = value.clone();
        }
        schema
    };
    let pet = json!({ "type": "object", "properties": {
        "chip": of(json!({})),
        "grams": of(json!({ "format": "uint64" })),
        "age": of(json!({ "format": "int32", "minimum": 0, "maximum": 99 })),
        // What else the document says, no number as text has.
        "code": of(json!({ "pattern": "^[0-9]{4}$" })),
        "mark": of(json!({ "maxLength": 7 })),
    } });
    let pets = both(&pet, &json!({}));
    has(
        &pets,
        &[
            "pub(crate) chip: Option<NumberText<i64>>,",
            "pub(crate) grams: Option<NumberText<u64>>,",
            "#[input(range = 0..=99)]\n    pub(crate) age: Option<NumberText<i32>>,",
            "pattern = \"^[0-9]{4}$\")]\n    pub(crate) code: Option<String>,",
            "max_len = 7, text)]\n    pub(crate) mark: Option<String>,",
        ],
    );
    // It comes in and goes out, and how large it is stays a question.
    assert_eq!(pets.matches("chip: Option<NumberText<i64>>").count(), 2, "{pets}");
    assert!(!pets.contains("#[input(range = -9"), "{pets}");
    let mut keyed = document(&json!({}), &json!({}));
    keyed["paths"] = json!({ "/pets/{pet}": { "delete": {
        "tags": ["pets"],
        "security": [],
        "parameters": [
            { "name": "pet", "in": "path", "required": true, "schema": of(json!({ "minimum": 1, "maximum": 8 })) },
            { "name": "after", "in": "query", "schema": of(json!({ "maximum": 8, "minimum": 0 })) },
        ],
        "responses": { "204": { "description": "gone" } },
    } } });
    let files = written(&keyed, None);
    has(&files["src/keys.rs"], &["range = 1..=8)]\npub(crate) struct Pet(NumberText<i64>);"]);
    has(&files["src/pets.rs"], &["range = 0..=8)]\n    pub(crate) after: Option<NumberText<i64>>"]);
}

#[test]
fn of_bounds_in_two_parts_each_narrower_one_holds() {
    let named = json!({ "type": "object", "properties": {
        "name": { "type": "string", "minLength": 2, "maxLength": 40 },
        "age": { "type": "integer", "minimum": 0, "maximum": 30 },
        "share": { "type": "number", "minimum": 0, "maximum": 1 },
        "step": { "type": "integer", "minimum": 0, "maximum": 90, "multipleOf": 4 },
        "kind": { "type": "string", "enum": ["dog", "cat", "cow"] },
        "tags": { "type": "array", "maxItems": 9, "items": { "type": "string", "maxLength": 30 } },
        "note": { "description": "What is known of it." },
        "owner": { "$ref": "#/components/schemas/Owner" },
        "home": { "$ref": "#/components/schemas/Owner" },
    } });
    let owner = json!({ "type": "object", "properties": { "town": { "type": "string", "maxLength": 20 } } });
    let narrower = json!({ "type": "object", "properties": {
        "name": { "maxLength": 20, "minLength": 1 },
        "age": { "maximum": 90, "minimum": 1 },
        "share": { "maximum": 1, "exclusiveMaximum": true },
        "step": { "multipleOf": 6 },
        "kind": { "enum": ["cow", "dog"] },
        "tags": { "maxItems": 12, "items": { "maxLength": 10 } },
        "note": { "type": "string", "maxLength": 70 },
        "owner": { "description": "Who has it.", "readOnly": true },
        "home": { "properties": { "town": { "maxLength": 15 } } },
    } });
    for parts in [json!([named, narrower]), json!([narrower, named])] {
        let pets = both(&json!({ "allOf": parts }), &json!({ "Owner": owner }));
        has(
            &pets,
            &[
                "#[input(min_len = 2, max_len = 20, text)]\n    pub(crate) name: ",
                "#[input(range = 1..=30)]\n    pub(crate) age: ",
                "#[input(range = 0.0..1.0)]\n    pub(crate) share: ",
                "#[input(range = 0..=90, multiple_of = 12)]\n    pub(crate) step: ",
                "#[input(items = 0..=9, each(max_len = 10, text))]\n    pub(crate) tags: ",
                "/// What is known of it.\n    #[input(max_len = 70, text)]\n    pub(crate) note: Option<String>",
                // What is only described is the type that it was.
                "pub(crate) owner: Option<Owner>,",
                "#[input(max_len = 15, text)]",
            ],
        );
        assert!(!pets.contains("Cat,") && pets.contains("Cow,"), "{pets}");
        let input = pets.split("struct PetInput").nth(1).expect("an input");
        assert!(!input.split('}').next().expect("a struct").contains("owner:"), "{pets}");
    }
}

#[test]
fn a_part_that_admits_no_value_is_not_passed_over() {
    let named = json!({ "properties": { "name": { "type": "string" } } });
    let nameless = json!({ "properties": { "name": false } });
    for parts in [json!([named, nameless]), json!([nameless, named])] {
        assert_eq!(both(&json!({ "allOf": parts }), &json!({})), "");
    }
}

#[test]
fn parts_that_no_value_is_all_of_are_the_first_one() {
    let one = json!({ "properties": { "kind": { "type": "string", "enum": ["dog", "cat"] } } });
    let other = json!({ "properties": { "kind": { "type": "string", "enum": ["cow"] } } });
    let pets = both(&json!({ "allOf": [one, other] }), &json!({}));
    assert!(pets.contains("Dog,") && !pets.contains("Cow,"), "{pets}");
}

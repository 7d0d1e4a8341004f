//! Queries of documents: lists, inputs in brackets, and JSON in a parameter.

use super::*;

// The framework reads `fields` where a view is shown, and a map of texts has none.
#[test]
fn fields_of_what_has_no_view_are_an_input() {
    let pet = json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } });
    let fields =
        json!({ "name": "fields", "in": "query", "schema": { "type": "string", "maxLength": 9 } });
    for (schema, is_own) in [
        (json!({ "type": "object", "additionalProperties": { "type": "string" } }), true),
        (json!({ "type": "object", "additionalProperties": pet }), false),
        (json!({ "type": "array", "maxItems": 9, "items": pet }), false),
        (pet.clone(), false),
    ] {
        let get = json!({ "get": {
            "tags": ["pets"], "security": [], "parameters": [fields], "responses": answer(&schema),
        } });
        let files = written(&document(&json!({ "/pets": get }), &json!({})), None);
        let pets = &files["src/pets.rs"];
        assert_eq!(pets.contains("pub(crate) fields: Option<String>"), is_own, "{pets}");
    }
}

#[test]
fn lists_inputs_and_json_of_a_query_are_declared() {
    let ends = json!({ "type": "object", "properties": { "gte": { "type": "integer", "minimum": 0, "maximum": 9 } } });
    let tags =
        json!({ "type": "array", "maxItems": 5, "items": { "type": "string", "maxLength": 9 } });
    let parameter = |name: &str, style: &str, explode: bool, schema: &Value| json!({ "name": name, "in": "query", "style": style, "explode": explode, "schema": schema });
    let of_json = |schema: &Value| json!({ "name": "asked", "in": "query", "content": { "application/json": { "schema": schema } } });
    let unbounded = json!({ "/pets": { "get": {
        "tags": ["pets"],
        "security": [],
        "parameters": [parameter("tags", "form", true, &json!({ "type": "array", "items": { "type": "string" } }))],
        "responses": answer(&ends),
    } } });
    let listed = json!({ "/pets": { "get": {
        "operationId": "listPets",
        "tags": ["pets"],
        "security": [],
        "parameters": [
            parameter("tags[]", "form", true, &tags),
            parameter("marks", "pipeDelimited", false, &tags),
            parameter("price", "deepObject", true, &ends),
            of_json(&ends),
        ],
        "responses": answer(&ends),
    } } });
    let files = written(&document(&listed, &json!({})), None);
    let text: String = files.values().map(String::as_str).collect();
    for declared in ["name = \"tags[]\"", "separated = \"|\"", "#[input(json)]"] {
        assert!(text.contains(declared), "{declared} is not in {text}");
    }
    let files =
        written(&document(&unbounded, &json!({})), Some(&json!({ "items": 1000, "text": 9 })));
    let pets = &files["src/pets.rs"];
    assert!(pets.contains("items = 0..=100,") && !pets.contains("..=1000"), "{pets}");
    let scalar = json!({ "/pets": { "get": {
        "security": [],
        "parameters": [of_json(&json!({ "type": "string" }))],
        "responses": { "200": { "description": "ok" } },
    } } });
    assert_eq!(report(&document(&scalar, &json!({})))["declared"], 0);
}

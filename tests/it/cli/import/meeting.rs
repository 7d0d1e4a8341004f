//! Paths with a parameter in a part of a segment, beside others that may be the same.

use super::*;

#[test]
fn a_path_that_may_be_another_one_is_left_out() {
    let of = |names: &[&str]| {
        let parameter = |name: &&str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "maxLength": 9 } });
        let parameters: Vec<Value> = names.iter().map(parameter).collect();
        json!({ "get": {
            "security": [],
            "parameters": parameters,
            "responses": answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } })),
        } })
    };
    let paths = json!({
        "/pets/all.json": of(&[]),
        "/pets/.json": of(&[]),
        "/pets/all.xml": of(&[]),
        "/pets/{id}.json": of(&["id"]),
        "/pets/{id}": of(&["id"]),
        "/pets/{id}/old.json": of(&["id"]),
        "/pets/any.json/parts": of(&[]),
        "/pets/{id}.min.json": of(&["id"]),
    });
    let report = report(&document(&paths, &json!({})));
    let left: Vec<&str> = report["not"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["operation"].as_str())
        .collect();
    assert_eq!(left, ["GET /pets/all.json", "GET /pets/{id}.min.json"], "{report}");
}

#[test]
fn a_word_that_no_key_is_as_long_as_is_not_reserved() {
    let id = json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "minLength": 8, "maxLength": 9 } }]);
    let ok = answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
    let of = |parameters: &Value| json!({ "get": { "security": [], "parameters": parameters, "responses": ok } });
    let paths = json!({
        "/pets/popular": of(&json!([])),
        "/pets/favourite": of(&json!([])),
        "/pets/unforgettable": of(&json!([])),
        "/pets/{id}": of(&id),
    });
    let keys = &written(&document(&paths, &json!({})), None)["src/keys.rs"];
    assert!(keys.contains("reserved(\"favourite\")"), "{keys}");
}

#[test]
fn a_pattern_that_a_reserved_word_takes_the_place_of_is_told() {
    let id = json!([{ "name": "id", "in": "path", "required": true,
        "schema": { "type": "string", "maxLength": 9, "pattern": "^[a-z]+$" } }]);
    let ok = answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
    let of = |parameters: &Value| json!({ "get": { "security": [], "parameters": parameters, "responses": ok } });
    let paths = json!({ "/pets/{id}": of(&id), "/pets/newest": of(&json!([])) });
    let keys = &written(&document(&paths, &json!({})), None)["src/keys.rs"];
    assert!(keys.contains("reserved(\"newest\")"), "{keys}");
    assert!(keys.contains("// the document has the pattern \"^[a-z]+$\""), "{keys}");
}

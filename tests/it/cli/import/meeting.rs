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

//! Paths and servers: what a document can write there, and what becomes of it.

use super::*;

/// Returns a document with these paths, each of a GET, and this server.
fn of(paths: &[&str], server: &Value) -> Value {
    let ok = answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
    let paths: serde_json::Map<String, Value> = paths
        .iter()
        .map(|path| {
            (
                (*path).to_owned(),
                json!({ "get": { "tags": ["x"], "security": [], "responses": ok } }),
            )
        })
        .collect();
    let mut document = document(&json!(paths), &json!({}));
    document["servers"] = json!([server]);
    document
}

#[test]
fn a_path_of_empty_segments_and_letters_of_several_bytes_is_left_out() {
    let report = report(&of(&["//é/x", "//v1/x", "/é"], &json!({ "url": "/v1" })));
    assert_eq!(report["not"].as_array().map(Vec::len), Some(3), "{report}");
}

#[test]
fn defaults_of_variables_hold_no_variables() {
    let names: Vec<String> = ('a'..='z').map(String::from).collect();
    let next =
        |place: usize| names.get(place + 1).map_or("x".to_owned(), |name| format!("{{{name}}}"));
    let variables: serde_json::Map<String, Value> = names
        .iter()
        .enumerate()
        .map(|(place, name)| (name.clone(), json!({ "default": next(place).repeat(10) })))
        .collect();
    let server = json!({ "url": "https://{a}.example/{host}/v1", "variables": variables });
    let files = written(&of(&["/pets"], &server), None);
    assert!(!files["src/main.rs"].contains("below"), "{}", files["src/main.rs"]);
    let server = json!({ "url": "https://{host}/{base}/v1", "variables": {
        "host": { "default": "pets.example" }, "base": { "default": "api" },
    } });
    let files = written(&of(&["/pets"], &server), None);
    assert!(files["src/main.rs"].contains("below = \"/api\""), "{}", files["src/main.rs"]);
    let server = json!({ "url": "https://pets.example/{base}/v1", "variables": {
        "base": { "default": "{other}" }, "other": { "default": "api" },
    } });
    let files = written(&of(&["/pets"], &server), None);
    assert!(!files["src/main.rs"].contains("below"), "{}", files["src/main.rs"]);
    let long = json!({ "url": "{a}".repeat(1_000), "variables": { "a": { "default": "x".repeat(1_000) } } });
    assert_eq!(report(&of(&["/pets"], &long))["declared"], 1);
    assert!(!written(&of(&["/pets"], &long), None)["src/main.rs"].contains("below"));
}

#[test]
fn a_version_of_the_server_is_none_of_the_path() {
    let files =
        written(&of(&["/v1/pets", "/pets"], &json!({ "url": "https://pets.example/v1" })), None);
    let text = &files["src/x.rs"];
    assert!(text.contains("\"/v1/pets\",") && text.contains("\"/pets\","), "{text}");
}

#[test]
fn a_document_of_too_many_operations_is_refused_whole() {
    let paths: Vec<String> = (0..50_001).map(|number| format!("/p{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let folder = Folder::made("import-");
    let (code, _, errors) = import(&folder, &of(&paths, &json!({ "url": "/" })), &["--json"]);
    assert!(code == 2 && errors.contains("has 50001 operations"), "{errors}");
}

#[test]
fn forms_and_parts_beyond_the_most_are_a_reason() {
    let forms: Vec<Value> =
        (0..300).map(|number| json!({ "const": format!("a{number}") })).collect();
    let parts: Vec<Value> = (0..100).map(|number| json!({ "maxLength": 200 - number })).collect();
    let body = |schema: &Value| {
        json!({ "post": {
        "security": [],
        "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "a": schema } } } } },
        "responses": { "204": { "description": "done" } },
    } })
    };
    let paths = json!({ "/forms": body(&json!({ "oneOf": forms })), "/parts": body(&json!({ "allOf": parts })) });
    let report = report(&document(&paths, &json!({})));
    let left = report["not"].as_array().expect("a list");
    assert_eq!(left.len(), 2, "{report}");
    assert!(
        left.iter().all(|one| one["reason"] == "a schema has too many parts or forms"),
        "{report}"
    );
}

//! Values that a document lists: words, words with blanks between them, and what is no word.

use super::*;

#[test]
fn listed_words_are_values_and_others_are_a_pattern() {
    let long = "a".repeat(65);
    let schema = json!({ "type": "object", "properties": {
        "rating": { "type": "string", "enum": ["Everyone", "Everyone 10+"] },
        "share": { "type": "string", "enum": ["10%", "20%"] },
        "kind": { "type": "string", "enum": ["", "new"] },
        "size": { "type": "string", "enum": [long, "short"] },
    } });
    let id = json!([{ "name": "mood", "in": "path", "required": true, "schema": { "type": "string", "enum": ["so so", "good"] } }]);
    let document = document(
        &json!({ "/games/{mood}": { "put": {
            "operationId": "putGame",
            "tags": ["games"],
            "security": [],
            "parameters": id,
            "requestBody": { "content": { "application/json": { "schema": schema } } },
            "responses": { "204": { "description": "done" } },
        } } }),
        &json!({}),
    );
    let files = written(&document, None);
    let games = &files["src/games.rs"];
    assert!(games.contains("#[value(name = \"Everyone 10+\")]"), "{games}");
    assert_eq!(games.matches("#[derive(Value").count(), 1, "{games}");
    assert_eq!(games.matches("pattern = ").count(), 3, "{games}");
    let keys = &files["src/keys.rs"];
    assert!(keys.contains("pattern = \"^(so so|good)$\"") && !keys.contains("enum"), "{keys}");
}

#[test]
fn tags_are_called_as_no_module_of_the_project_is() {
    let ok = answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
    let tags = ["Items", "left out", "shared", "Query"];
    let paths: serde_json::Map<String, Value> = tags
        .iter()
        .enumerate()
        .map(|(number, tag)| {
            (
                format!("/p{number}"),
                json!({ "get": { "tags": [tag], "security": [], "responses": ok } }),
            )
        })
        .collect();
    let mut paths = json!(paths);
    paths["/lost"] = json!({ "get": { "responses": answer(&json!({ "$ref": "#/nowhere" })) } });
    let files = written(&document(&paths, &json!({})), None);
    let main = &files["src/main.rs"];
    for wanted in [
        "mod items_routes;",
        "mod left_out_routes;",
        "mod left_out;",
        "mod shared_routes;",
        "mod query_routes;",
    ] {
        assert!(main.contains(wanted), "{wanted}\n{main}");
    }
    assert_eq!(main.matches("mod items").count(), 2, "{main}");
}

#[test]
fn no_type_is_called_as_one_of_the_prelude() {
    let prelude = include_str!("../../../../src/prelude.rs").lines();
    let code: Vec<&str> = prelude.filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let words = code.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names: Vec<&str> =
        words.filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase())).collect();
    assert!(names.len() > 50, "{names:?}");
    let of = json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "boolean" } } });
    let schemas: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), of.clone())).collect();
    let properties: serde_json::Map<String, Value> = names
        .iter()
        .map(|name| {
            ((*name).to_lowercase(), json!({ "$ref": format!("#/components/schemas/{name}") }))
        })
        .collect();
    let paths = json!({ "/all": { "post": {
        "operationId": "sendAll", "tags": ["all"], "security": [],
        "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": properties } } } },
        "responses": { "204": { "description": "done" } },
    } } });
    let files = written(&document(&paths, &json!(schemas)), None);
    let text: String = files.values().cloned().collect();
    for name in names {
        assert!(!text.contains(&format!("struct {name} ")), "{name}");
    }
    assert!(text.contains("struct PageType {"), "{text}");
}

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

//! The version of a document that its media types state.

use super::*;

/// Returns a document of two operations whose bodies and answers have these media types.
fn stated(body: &str, answers: &str, server: &str) -> Value {
    let note = json!({ "type": "object", "required": ["size"], "properties": { "size": { "type": "integer", "minimum": 0, "maximum": 9 } } });
    let content = |media: &str| json!({ media: { "schema": note } });
    let failed = json!({ "description": "failed", "content": content("application/json") });
    let paths = json!({ "/notes": {
        "get": { "operationId": "getNotes", "security": [], "responses": {
            "200": { "description": "ok", "content": content(answers) }, "404": failed,
        } },
        "put": { "operationId": "putNotes", "security": [], "requestBody": { "content": content(body) }, "responses": {
            "200": { "description": "ok", "content": content(answers) },
        } },
    } });
    let mut document = document(&paths, &json!({}));
    document["servers"][0]["url"] = server.into();
    document
}

#[test]
fn a_media_type_that_all_have_states_the_version() {
    let github = "application/vnd.github.v3+json";
    let one = stated(github, github, "https://notes.example/api");
    let files = written(&one, None);
    let main = &files["src/main.rs"];
    let place = "place = media_type(\"application/vnd.github.{version}+json\"), reason =";
    assert!(main.contains(place) && main.contains("below = \"/api\""), "{main}");
    assert!(main.contains("    V3,\n") && !main.contains("place = none"), "{main}");
    assert_eq!(report(&one)["declared"], 2);
    let other = "application/vnd.github.v4+json";
    for (document, declared) in [
        (stated(other, github, "https://notes.example"), 1),
        (stated("application/json", github, "https://notes.example"), 2),
        (stated(github, github, "https://notes.example/v3"), 1),
        (
            stated(
                "application/vnd.notes+json",
                "application/vnd.notes+json",
                "https://notes.example",
            ),
            1,
        ),
    ] {
        let main = &written(&document, None)["src/main.rs"];
        assert!(!main.contains("media_type("), "{main}");
        assert_eq!(report(&document)["declared"], declared, "{document}");
    }
}

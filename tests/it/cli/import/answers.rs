//! Answers that are no JSON: each has its bound, by an answer or as a question, and says of which media type it is.

use super::*;

fn of(media: &str) -> Value {
    json!({ "get": {
        "tags": ["files"],
        "security": [],
        "responses": { "200": { "description": "ok", "content": { media: { "schema": { "type": "string" } } } } },
    } })
}

fn files() -> Value {
    let paths = json!({
        "/text": of("text/plain"),
        "/zip": of("application/zip; charset=binary"),
        "/any": of("audio/*"),
        "/rows": of("text/csv"),
        "/events": of("text/event-stream"),
        "/page": of("text/html"),
        "/parts": of("multipart/mixed"),
    });
    document(&paths, &json!({}))
}

#[test]
fn answers_of_text_bytes_rows_and_events_have_their_bounds() {
    let report = report(&files());
    assert_eq!(report["declared"], 5, "{report}");
    let asked = &written(&files(), None)["src/files.rs"];
    for wanted in [
        "Text<{ secure_api::question!(\"how many characters may it have?\") }>",
        "ByteStream<{ secure_api::question!(\"how many bytes may it have?\") }>",
        "Csv<",
    ] {
        assert!(asked.contains(wanted), "{wanted}\n{asked}");
    }
    assert!(!asked.contains("open ="), "{asked}");
    let answers =
        json!({ "text": 500, "items": 20, "bytes": 9000, "open": 2, "undescribed": true });
    let answered = &written(&files(), Some(&answers))["src/files.rs"];
    for wanted in [
        "-> Text<500>",
        "-> ByteStream<9000>",
        "media_type = \"application/zip\"",
        "media_type = \"application/octet-stream\"",
        "Answer, 20>",
        "-> Events<",
        "open = 2",
    ] {
        assert!(answered.contains(wanted), "{wanted}\n{answered}");
    }
    assert_eq!(answered.matches("open = 2").count(), 1);
}

#[test]
fn a_map_of_objects_shows_each_through_its_view() {
    let pet = json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } });
    for (value, most, wanted) in [
        (&pet, json!(30), "-> Map<GetPetsAnswerValue, 30> {"),
        (&pet, json!(null), "secure_api::question!(\"how many items may it have?\")"),
        (&json!({ "type": "string" }), json!(30), "-> FreeObjectValue {"),
        (&json!({ "type": "array", "items": pet }), json!(30), "-> FreeObjectValue {"),
    ] {
        let schema =
            json!({ "type": "object", "additionalProperties": value, "maxProperties": most });
        let get = json!({ "get": {
            "operationId": "getPets", "tags": ["pets"], "security": [], "responses": answer(&schema),
        } });
        let files = written(&document(&json!({ "/pets": get }), &json!({})), None);
        let pets = &files["src/pets.rs"];
        assert!(pets.contains(wanted), "{wanted}: {pets}");
        let has_view = pets.contains("view = GetPetsAnswerValueView");
        assert_eq!(has_view, !wanted.contains("Free"), "{pets}");
    }
}

#[test]
fn events_that_are_described_are_shown_as_they_are() {
    let of = |schema: &Value| {
        let content = json!({ "text/event-stream": { "schema": schema } });
        let answers = json!({ "200": { "description": "ok", "content": content } });
        json!({ "get": { "tags": ["moves"], "security": [], "responses": answers } })
    };
    let paths = json!({
        "/moves": of(&json!({ "$ref": "#/components/schemas/Move" })),
        "/lines": of(&json!({ "type": "string" })),
    });
    let schemas = json!({ "Move": { "type": "object", "required": ["place"], "properties": {
        "place": { "type": "string", "maxLength": 40 },
    } } });
    let moves = &written(&document(&paths, &schemas), None)["src/moves.rs"];
    for wanted in ["-> Events<Move>", "view = MoveView", "fields(place)"] {
        assert!(moves.contains(wanted), "{wanted}\n{moves}");
    }
    assert_eq!(moves.matches("which the document does not describe").count(), 1, "{moves}");
}

#[test]
fn a_list_that_was_created_has_no_location() {
    let created = |schema: &Value| {
        json!({ "post": {
        "tags": ["pets"],
        "security": [],
        "responses": { "201": { "description": "ok", "content": { "application/json": { "schema": schema } } } },
    } })
    };
    let pet = json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } });
    let paths = json!({
        "/lists": created(&json!({ "type": "array", "maxItems": 9, "items": pet })),
        "/anything": created(&json!({})),
        "/pets": created(&pet),
    });
    let report = report(&document(&paths, &json!({})));
    assert_eq!((&report["operations"], &report["declared"]), (&json!(3), &json!(3)), "{report}");
    let pets = &written(&document(&paths, &json!({})), None)["src/pets.rs"];
    assert_eq!(pets.matches("-> CreatedWith<").count(), 3, "{pets}");
}

#[test]
fn an_answer_with_members_is_of_a_media_type_that_says_how_they_are_written() {
    let of = |media: &str, schema: Value| {
        let content = json!({ media: { "schema": schema } });
        let answers = json!({ "200": { "description": "ok", "content": content } });
        let paths = json!({ "/pets": { "get": { "security": [], "responses": answers } } });
        report(&document(&paths, &json!({})))["declared"].clone()
    };
    let pet = || json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } });
    assert_eq!(of("application/vnd.pet+json", pet()), 1);
    assert_eq!(of("application/vnd.pet", json!({ "type": "string", "format": "binary" })), 1);
    assert_eq!(of("application/vnd.pet", pet()), 0);
    assert_eq!(of("text/plain", json!({ "type": "array", "items": pet() })), 0);
}

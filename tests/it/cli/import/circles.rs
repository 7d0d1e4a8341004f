//! Types that contain themselves: the field that closes the circle says how deep, and no other one.

use super::*;

#[test]
fn a_circle_says_how_many_levels_it_has() {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let schemas = json!({
        "Thread": { "type": "object", "properties": { "first": of("Note") } },
        "Note": { "type": "object", "properties": {
            "text": { "type": "string", "maxLength": 9 },
            "answers": { "type": "array", "maxItems": 5, "items": of("Note") },
            "author": of("Person"),
        } },
        "Person": { "type": "object", "properties": { "latest": of("Note") } },
    });
    let document = document(
        &json!({ "/threads": { "post": {
            "operationId": "addThread",
            "tags": ["threads"],
            "security": [],
            "requestBody": { "content": { "application/json": { "schema": of("Thread") } } },
            "responses": answer(&of("Thread")),
        } },
        "/notes": { "put": {
            "operationId": "putNotes",
            "tags": ["threads"],
            "security": [],
            "requestBody": { "content": { "application/json": { "schema": of("Note") } } },
            "responses": answer(&json!({ "type": "array", "maxItems": 7, "items": of("Note") })),
        }, "get": { "operationId": "getNote", "tags": ["threads"], "security": [], "responses": answer(&of("Note")) } } }),
        &schemas,
    );
    let asked = &written(&document, None)["src/threads.rs"];
    assert!(!asked.contains("depth"), "{asked}");
    let threads = &written(&document, Some(&json!({ "depth": 6 })))["src/threads.rs"];
    for wanted in [
        "#[input(items = 0..=5, depth = 6)]\n    pub(crate) answers: Option<Vec<Box<NoteInput>>>",
        "#[input(depth = 6)]\n    pub(crate) latest: Option<Box<NoteInput>>",
        "pub(crate) first: Option<Box<NoteInput>>",
        "#[max_items(5)] #[depth(6)] #[optional] answers as NoteView",
        "#[depth(6)] #[optional] latest as NoteView",
        // A whole body and a whole answer are in no box.
        "body: Option<Json<NoteInput>>) -> Array<Note, 7>",
        ") -> Note {",
    ] {
        assert!(threads.contains(wanted), "{wanted}\n{threads}");
    }
    assert_eq!(threads.matches("depth").count(), 4, "{threads}");
}

// It would not compile, and nobody could send it.
#[test]
fn a_value_that_has_to_hold_its_own_kind_is_left_out() {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let list = |fewest: u32| json!({ "type": "array", "minItems": fewest, "maxItems": 5, "items": of("Order") });
    let schemas = |orders: Value, required: &[&str]| {
        json!({
            "Order": { "type": "object", "required": ["customer"], "properties": { "customer": of("Customer") } },
            "Customer": { "type": "object", "required": required, "properties": { "orders": orders } },
        })
    };
    let post = json!({ "/orders": { "post": {
        "operationId": "addOrder",
        "tags": ["orders"],
        "security": [],
        "requestBody": { "content": { "application/json": { "schema": of("Order") } } },
        "responses": { "202": { "description": "ok" } },
    } } });
    let left = |orders: Value, required: &[&str]| {
        let report = report(&document(&post, &schemas(orders, required)));
        report["not"][0]["reason"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(left(list(1), &["orders"]), "a value has to contain itself");
    assert_eq!(left(of("Order"), &["orders"]), "a value has to contain itself");
    for (orders, required) in [(list(0), &["orders"][..]), (list(1), &[]), (of("Order"), &[])] {
        assert_eq!(left(orders, required), "");
    }
}

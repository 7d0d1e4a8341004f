//! Answers of 201: with `Location` where something has a place of its own.

use super::*;

fn made(schema: &Value, location: bool) -> Value {
    let mut operation = json!({
        "tags": ["pets"],
        "security": [],
        "responses": { "201": { "description": "made", "content": { "application/json": { "schema": schema } } } },
    });
    if location {
        operation["responses"]["201"]["headers"]["Location"] =
            json!({ "schema": { "type": "string" } });
    }
    operation
}

#[test]
fn what_is_not_described_has_a_location_where_it_has_a_place() {
    let made = |headers: Value| {
        json!({ "post": {
            "tags": ["pets"],
            "security": [],
            "responses": { "201": { "description": "made", "headers": headers } },
        } })
    };
    let location = json!({ "Location": { "schema": { "type": "string" } } });
    for (headers, wanted) in [(location, "-> Created<"), (json!({}), "-> CreatedWith<")] {
        let files = written(&document(&json!({ "/pets": made(headers) }), &json!({})), None);
        assert!(files["src/pets.rs"].contains(wanted), "{wanted}\n{}", files["src/pets.rs"]);
    }
}

#[test]
fn what_was_created_has_a_location_where_it_has_a_place() {
    let pet = json!({ "$ref": "#/components/schemas/Pet" });
    let list = json!({ "type": "array", "maxItems": 9, "items": pet });
    let mut read = made(&pet, false);
    read["responses"] = answer(&pet);
    let paths = json!({
        "/pets": { "post": made(&pet, false) },
        "/pets/{name}": { "get": read, "put": made(&pet, false) },
        "/dogs": { "post": made(&pet, true) },
        // Nothing reads these.
        "/cats": { "post": made(&pet, false) },
        "/cats/{cat}": { "put": made(&pet, false) },
        "/cows": { "post": made(&list, true) },
        "/hens": { "post": made(&json!({ "type": "object" }), false) },
        "/eggs": { "post": made(&json!({ "type": "boolean" }), false) },
    });
    let document = document(
        &paths,
        &json!({ "Pet": { "type": "object", "properties": { "tame": { "type": "boolean" } } } }),
    );
    let report = report(&document);
    assert_eq!(report["operations"], report["declared"], "{report}");
    let pets = &written(&document, None)["src/pets.rs"];
    for (wanted, count) in [
        ("-> Created<Pet> {", 3),
        ("-> CreatedWith<Pet> {", 2),
        ("-> CreatedWith<Array<Pet, 9>> {", 1),
        ("-> CreatedWith<FreeObjectValue> {", 1),
        ("-> CreatedWith<Scalar<bool>> {", 1),
    ] {
        assert_eq!(pets.matches(wanted).count(), count, "{wanted}\n{pets}");
    }
}

//! Paths that stand elsewhere in the document, and the verb QUERY.

use super::*;

fn shown(name: &str) -> Value {
    json!({
        "operationId": name,
        "tags": ["pets"],
        "security": [],
        "responses": answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } })),
    })
}

fn left(report: &Value) -> Vec<String> {
    let left = report["not"].as_array().expect("a list").iter();
    left.map(|one| format!("{} {}", one["operation"], one["reason"])).collect()
}

#[test]
fn a_path_that_refers_to_another_one_has_its_operations_and_its_own() {
    let id = json!({ "name": "pet", "in": "path", "required": true, "schema": { "type": "integer", "minimum": 1, "maximum": 7 } });
    let mut document = document(&json!({}), &json!({}));
    document["openapi"] = json!("3.1.0");
    document["paths"] = json!({
        "/dogs/{pet}": { "$ref": "#/components/pathItems/Pet" },
        "/cats/{pet}": { "$ref": "#/components/pathItems/Pet", "get": shown("getCat"), "put": shown("putCat") },
        "/cows/{pet}": { "$ref": "#/paths/~1dogs~1{pet}", "parameters": [id] },
        "/hens": { "$ref": "other.yaml#/hens" },
        "/bees": { "$ref": "#/components/pathItems/Nobody" },
    });
    document["components"]["pathItems"] = json!({ "Pet": {
        "parameters": [{ "name": "fast", "in": "query", "schema": { "type": "boolean" } }],
        "get": shown("getPet"),
        "delete": shown("removePet"),
    } });
    let report = report(&document);
    assert_eq!((&report["operations"], &report["declared"]), (&json!(9), &json!(7)), "{report}");
    let left = left(&report);
    for (path, part) in [("* /hens", "another file"), ("* /bees", "not there")] {
        assert!(left.iter().any(|left| left.contains(path) && left.contains(part)), "{left:?}");
    }
    let files = written(&document, None);
    let pets = &files["src/pets.rs"];
    for (wanted, count) in [
        (" \"/cats/{pet}\",", 3),
        (" \"/dogs/{pet}\",", 2),
        (" \"/cows/{pet}\",", 2),
        ("async fn get_cat(", 1),
        ("async fn put_cat(", 1),
        // What a path states beside the reference stands in the place of what it refers to, and parameters are those of both.
        ("pub(crate) fast: Option<bool>", 7),
    ] {
        assert_eq!(pets.matches(wanted).count(), count, "{wanted}\n{pets}");
    }
    assert!(files["src/keys.rs"].contains("range = 1..=7"), "{}", files["src/keys.rs"]);
    let comments = &files["src/left_out.rs"];
    assert!(
        comments.contains("// * /hens\n// Not declared: it refers to another file.\n"),
        "{comments}"
    );
}

#[test]
fn a_circle_of_paths_ends() {
    let mut document = document(&json!({}), &json!({}));
    document["paths"] = json!({ "/a": { "$ref": "#/paths/~1b" }, "/b": { "$ref": "#/paths/~1a", "get": shown("getB") } });
    assert_eq!(report(&document)["declared"], 2);
}

#[test]
fn a_query_beside_a_reference_is_the_one_that_is_meant() {
    let asked = |name: &str| {
        let schema = json!({ "type": "object", "properties": { "tame": { "type": "boolean" } } });
        let mut operation = shown(name);
        operation["requestBody"]["content"] = json!({ "application/json": { "schema": schema } });
        operation
    };
    for (beside, behind) in [("x-query", "query"), ("query", "x-query"), ("x-query", "x-query")] {
        let paths = json!({
            "/pets": { "$ref": "#/paths/~1cats", beside: asked("findPets") },
            "/cats": { behind: asked("findCats") },
            "/dogs": { "query": asked("findDogs"), "x-query": asked("otherDogs") },
        });
        let document = document(&paths, &json!({}));
        let report = report(&document);
        assert_eq!(
            (&report["operations"], &report["declared"]),
            (&json!(3), &json!(3)),
            "{report}"
        );
        let pets = &written(&document, None)["src/pets.rs"];
        for (name, count) in
            [("find_pets", 1), ("find_cats", 1), ("find_dogs", 1), ("other_dogs", 0)]
        {
            assert_eq!(pets.matches(&format!("async fn {name}(")).count(), count, "{name}: {pets}");
        }
    }
}

#[test]
fn a_query_is_declared_where_one_has_it() {
    let asked = |schema: Value, answered: Value| {
        let mut operation = shown("find");
        operation["requestBody"]["content"] = json!({ "application/json": { "schema": schema } });
        operation["responses"] = answer(&answered);
        operation
    };
    let name = json!({ "type": "object", "properties": { "tame": { "type": "boolean" } } });
    let list = json!({ "type": "array", "maxItems": 9, "items": name });
    let mut events = asked(name.clone(), name.clone());
    events["responses"]["200"]["content"] =
        json!({ "text/event-stream": { "schema": { "type": "string" } } });
    let document = document(
        &json!({
            "/pets": { "x-query": asked(name.clone(), name.clone()) },
            "/dogs": { "query": asked(name.clone(), name.clone()) },
            "/cats": { "query": shown("read") },
            "/cows": { "query": asked(name.clone(), list) },
            "/hens": { "query": events },
        }),
        &json!({}),
    );
    let report = report(&document);
    let left = left(&report);
    assert_eq!((left.len(), &report["declared"]), (3, &json!(2)), "{report}");
    assert!(left.iter().all(|left| left.contains("a QUERY has no body")), "{left:?}");
    let pets = &written(&document, None)["src/pets.rs"];
    // Nothing in it has to be there, but itself.
    for wanted in
        ["#[query(\n    \"/pets\",", "#[query(\n    \"/dogs\",", "Json(body): Json<FindBody"]
    {
        assert!(pets.contains(wanted), "{wanted}\n{pets}");
    }
    assert!(!pets.contains("Option<Json<"), "{pets}");
}

//! Pages: lists with how many there are, of operations that are asked for a part of it.

use super::*;

fn query(name: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "schema": schema })
}

/// Returns a list of pets, or what else the parts of an answer have.
fn listed(parameters: &[Value], schema: &Value) -> Value {
    json!({ "get": {
        "tags": ["pets"],
        "security": [],
        "parameters": parameters,
        "responses": answer(schema),
    } })
}

fn of(items: &str, more: &Value) -> Value {
    let mut properties =
        json!({ items: { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } } });
    let mut required = vec![items.to_owned()];
    for (name, schema) in more.as_object().into_iter().flatten() {
        properties[name] = schema.clone();
        required.push(name.clone());
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

fn files(paths: &Value) -> String {
    let pet = json!({ "type": "object", "properties": { "name": { "type": "boolean" } } });
    let document = document(paths, &json!({ "Pet": pet }));
    let report = report(&document);
    assert_eq!(report["operations"], report["declared"], "{report}");
    written(&document, None)["src/pets.rs"].clone()
}

#[test]
fn a_list_with_its_total_is_a_page_where_a_part_of_it_is_asked_for() {
    let number = json!({ "type": "integer", "minimum": 0 });
    let at_most = |most: u64| json!({ "type": "integer", "minimum": 1, "maximum": most });
    let place = || query("page", &number);
    for (items, total, written) in [
        ("data", "total", "page(items = \"data\", total = \"total\"),"),
        ("items", "totalCount", "page(total = \"totalCount\"),"),
        ("pet.list", "count", "page(items = \"pet.list\", total = \"count\"),"),
    ] {
        let answer = of(items, &json!({ total: { "type": "integer" } }));
        let text = files(
            &json!({ "/pets": listed(&[place(), query("per_page", &at_most(100))], &answer) }),
        );
        assert!(text.contains(written) && text.contains("-> Page<Pet> {"), "{written}\n{text}");
        assert!(text.contains("page: Option<i64>") && text.contains("per_page: "), "{text}");
    }
}

#[test]
fn what_a_page_cannot_promise_stays_what_it_is() {
    let number = json!({ "type": "integer", "minimum": 0 });
    let total = json!({ "total": { "type": "integer" } });
    let place = || query("offset", &number);
    let mut small = of("data", &total);
    small["properties"]["data"]["maxItems"] = json!(50);
    let mut perhaps = of("data", &total);
    perhaps["required"] = json!(["data"]);
    let words = json!({ "type": "object", "required": ["data", "total"], "properties": {
        "data": { "type": "array", "items": { "type": "string" } }, "total": { "type": "integer" },
    } });
    let mut scalars = words.clone();
    scalars["properties"]["data"]["items"] =
        json!({ "oneOf": [{ "type": "string" }, { "type": "boolean" }] });
    let many = json!({ "type": "integer", "minimum": 1, "maximum": 500 });
    for (parameters, answer) in [
        // Nobody asks for a part of it.
        (vec![], of("data", &total)),
        (vec![query("name", &number)], of("data", &total)),
        // More items, or fewer, or not always.
        (vec![place(), query("limit", &many)], of("data", &total)),
        (vec![place()], small),
        (vec![place()], perhaps),
        // Further members, two totals, a small number, one that is no total, and none.
        (
            vec![place()],
            of("data", &json!({ "total": { "type": "integer" }, "page": { "type": "integer" } })),
        ),
        (
            vec![place()],
            of("data", &json!({ "total": { "type": "integer" }, "count": { "type": "integer" } })),
        ),
        (vec![place()], of("data", &json!({ "total": { "type": "integer", "format": "int32" } }))),
        (vec![place()], of("data", &json!({ "total": { "type": "integer", "maximum": 9 } }))),
        (vec![place()], of("data", &json!({ "next": { "type": "integer" } }))),
        (vec![place()], of("data", &json!({}))),
        // Numbers of other things, and a cursor of another page.
        (vec![place()], of("data", &json!({ "accountNumber": { "type": "integer" } }))),
        (vec![place()], of("data", &json!({ "totalPages": { "type": "integer" } }))),
        (vec![place()], of("data", &json!({ "discount": { "type": "integer" } }))),
        // No resource is listed.
        (vec![place()], words),
        (vec![place()], scalars),
    ] {
        let text = files(&json!({ "/pets": listed(&parameters, &answer) }));
        assert!(!text.contains("Page<") && !text.contains("page("), "{answer}\n{text}");
    }
    // What a change answers with is no page.
    let mut change = listed(&[place()], &of("data", &total));
    change = json!({ "post": change["get"] });
    assert!(!files(&json!({ "/pets": change })).contains("Page<"));
}

#[test]
fn a_cursor_under_the_names_of_the_framework_is_the_frameworks() {
    let size = query("size", &json!({ "type": "integer", "minimum": 1, "maximum": 100 }));
    let cursor = query("cursor", &json!({ "type": "string", "maxLength": 500 }));
    let mut page = of("items", &json!({ "nextCursor": { "type": "string", "maxLength": 500 } }));
    page["required"] = json!(["items"]);
    let text = files(&json!({ "/pets": listed(&[size.clone(), cursor.clone()], &page) }));
    for wanted in [
        "paging: Paging<u64>) -> Page<Pet> {",
        "page(next = \"nextCursor\"),",
        "by what a list is ordered",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert!(!text.contains("Query<") && !text.contains("cursor:"), "{text}");
    for name in ["prevCursor", "nextUrl"] {
        let mut other = of("items", &json!({ name: { "type": "string", "maxLength": 500 } }));
        other["required"] = json!(["items"]);
        let text = files(&json!({ "/pets": listed(&[size.clone(), cursor.clone()], &other) }));
        assert!(!text.contains("Page<"), "{text}");
    }
    // Under other names they are an input of the route's own, and the cursor is one of its own too.
    let limit = query("limit", &json!({ "type": "integer", "minimum": 1, "maximum": 100 }));
    let text = files(&json!({ "/pets": listed(&[limit, cursor], &page) }));
    assert!(!text.contains("Page<") && text.contains("Query<"), "{text}");
}

//! Pages with a number and a `Link`: the parameter is named where the answer is a page, and nowhere else.

use super::*;

/// Returns the file of a GET that answers with a `Link` and this, and has a parameter of this name and schema.
fn listed(answered: Option<&Value>, name: &str, required: bool) -> String {
    of_sizes(answered, name, required, 100)
}

/// The same, where a caller may ask for this many items.
fn of_sizes(answered: Option<&Value>, name: &str, required: bool, most: u64) -> String {
    let mut ok =
        json!({ "description": "ok", "headers": { "link": { "schema": { "type": "string" } } } });
    if let Some(schema) = answered {
        ok["content"] = json!({ "application/json": { "schema": schema } });
    }
    // A fraction is no page.
    let kind = if required { "number" } else { "integer" };
    let place = json!({ "type": kind, "minimum": 1, "maximum": 99 });
    let paths = json!({ "/pets": { "get": {
        "operationId": "listPets", "tags": ["pets"], "security": [],
        "parameters": [
            { "name": "perPage", "in": "query", "schema": { "type": "integer", "maximum": most, "minimum": 1 } },
            { "name": name, "in": "query", "required": required, "schema": place },
        ],
        "responses": { "200": ok },
    } } });
    written(&document(&paths, &json!({})), None)["src/pets.rs"].clone()
}

#[test]
fn a_list_with_a_link_is_a_page_that_has_a_number() {
    let pet = json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } });
    let list = json!({ "type": "array", "items": pet });
    let long = json!({ "type": "array", "maxItems": 500, "items": pet });
    for (answered, name, required) in [
        (Some(&list), "page", false),
        (Some(&list), "page", true),
        (Some(&list), "page_number", false),
        (Some(&long), "page", false),
        (None, "offset", false),
        (None, "page", true),
    ] {
        let text = listed(answered, name, required);
        let wanted = format!("page(array, links = \"{name}\")");
        assert!(text.contains(&wanted) && text.contains("-> Page<"), "{text}");
        let number = if required { ": i64," } else { ": Option<i64>," };
        assert!(text.contains("range = 1..=99") && text.contains(number), "{text}");
    }
    // A page has 100 items, which is more than this promises.
    let short = json!({ "type": "array", "maxItems": 50, "items": pet });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    for (answered, name) in [
        (Some(&list), "colour"),
        (Some(&short), "page"),
        (Some(&texts), "page"),
        (Some(&pet), "page"),
    ] {
        let text = listed(answered, name, false);
        assert!(!text.contains("links =") && !text.contains("Page<"), "{text}");
    }
    let text = of_sizes(Some(&list), "page", false, 500);
    assert!(!text.contains("links =") && !text.contains("Page<"), "{text}");
}

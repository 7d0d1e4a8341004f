//! Documents that are written to be compared for ever: each has an end, and what was left out for it is told.

use secure_api::{
    contract,
    testing::{JsonValue, json},
};

use super::{
    diff, document,
    documents::{reference, with_schemas},
    today, told,
};

#[test]
fn a_reference_through_too_many_others_is_told() {
    let of = |count: u32| {
        let links =
            (0..count).map(|link| (format!("S{link}"), reference(&format!("S{}", link + 1))));
        let mut schemas: JsonValue = links.collect();
        schemas[format!("S{count}")] = json!({ "type": "string" });
        with_schemas(&reference("S0"), &schemas).to_string()
    };
    let bound = of(31);
    assert_eq!(contract::diff(&bound, &bound, today()).expect("documents").findings, []);
    for count in [32, 50_000] {
        let error = contract::diff(&bound, &of(count), today()).expect_err("too many").to_string();
        let wanted = format!("has a reference that leads through {} references", count + 1);
        assert!(error.contains(&wanted), "{error}");
    }
}

#[test]
fn what_is_too_much_to_compare_is_told_within_a_union_too() {
    let union = |member: fn(u32) -> JsonValue| {
        let members: Vec<JsonValue> = (0..160).map(member).collect();
        let schema = json!({ "oneOf": members });
        document(
            json!({ "responses": { "200": { "content": { "application/json": { "schema": schema } } } } }),
        )
    };
    let old = union(|number| json!({ "type": "integer", "minimum": number, "maximum": number }));
    let new = union(|number| json!({ "type": "string", "pattern": format!("^{number}$") }));
    let found = told(&diff(&old, &new));
    assert!(found.iter().any(|one| one.contains("schema-not-compared")), "{found:?}");
}

#[test]
fn a_circle_ends_where_what_it_refers_to_is_described_or_may_be_null() {
    let term = |parent: &JsonValue, more: JsonValue| {
        let mut term = json!({ "type": "object", "properties": { "parent": parent } });
        term["properties"]["name"] = more;
        with_schemas(&reference("Term"), &json!({ "Term": term }))
    };
    let old = term(&reference("Term"), json!({ "type": "string" }));
    for parent in [
        json!({ "allOf": [reference("Term")], "description": "the one above" }),
        json!({ "oneOf": [reference("Term"), { "type": "null" }] }),
    ] {
        let new = term(&parent, json!({ "type": "string" }));
        let found = told(&diff(&old, &new));
        assert!(!found.iter().any(|one| one.contains("not-compared")), "{parent}: {found:?}");
        let longer = term(&parent, json!({ "type": "integer" }));
        let found = told(&diff(&old, &longer));
        assert!(found.iter().any(|one| one.contains("type-changed")), "{parent}: {found:?}");
    }
}

#[test]
fn a_member_that_is_required_and_not_described_is_any_value() {
    let bare = json!({ "type": "object", "required": ["id"] });
    let mut described = bare.clone();
    described["properties"] = json!({ "id": { "type": "string" } });
    let of = |schema: &JsonValue| with_schemas(&reference("Term"), &json!({ "Term": schema }));
    let found = told(&diff(&of(&bare), &of(&described)));
    assert!(found.iter().any(|one| one.contains("type-changed")), "{found:?}");
    assert!(found.iter().all(|one| !one.contains("property-added")), "{found:?}");
    let found = told(&diff(&of(&described), &of(&bare)));
    assert!(found.iter().all(|one| !one.contains("property-removed")), "{found:?}");
    assert!(found.iter().any(|one| one.contains("type-generalized")), "{found:?}");
}

#[test]
fn what_stands_beside_a_union_stands_in_each_of_its_members() {
    let form = |tag: &str, more: bool| {
        let mut form = json!({ "type": "object", "properties": { "kind": { "type": "string", "enum": [tag] } } });
        if more {
            form["properties"]["delay"] = json!({ "type": "number" });
        }
        form
    };
    let union = |more: bool| json!({ "oneOf": [form("a", more), form("b", more)] });
    let beside =
        json!({ "allOf": [union(false), { "properties": { "delay": { "type": "number" } } }] });
    let of = |schema: &JsonValue| with_schemas(schema, &json!({}));
    assert_eq!(told(&diff(&of(&beside), &of(&union(true)))), Default::default());
    assert_eq!(told(&diff(&of(&union(true)), &of(&beside))), Default::default());
    let found = told(&diff(&of(&beside), &of(&union(false))));
    assert!(found.iter().any(|one| one.contains("property-removed")), "{found:?}");
}

#[test]
fn a_form_by_another_name_is_the_same_where_its_properties_are_called_alike() {
    let form = |title: &str, name: &str, most: Option<u8>| {
        let mut form = json!({ "type": "object", "title": title, "required": [name], "properties": { name: { "type": "string" } } });
        if let Some(most) = most {
            form["properties"][name]["maxLength"] = json!(most);
        }
        form
    };
    let of = |forms: [JsonValue; 2]| with_schemas(&json!({ "oneOf": forms }), &json!({}));
    let old = of([form("Equals", "equals", None), form("Contains", "contains", None)]);
    let new = of([form("B", "contains", Some(9)), form("A", "equals", Some(9))]);
    let found = told(&diff(&old, &new));
    assert!(found.iter().any(|one| one.contains("max-length-set")), "{found:?}");
    assert!(found.iter().all(|one| !one.contains("one-of")), "{found:?}");
    // Two that are called alike are told apart by no name.
    let old = of([form("Equals", "text", None), form("Contains", "text", None)]);
    let new = of([form("A", "text", Some(9)), form("B", "text", Some(9))]);
    assert!(told(&diff(&old, &new)).iter().any(|one| one.contains("one-of")));
}

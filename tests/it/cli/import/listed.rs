//! Numbers that a document lists, values that are not of the type that it states, and types that stand at one place.

use super::*;

/// Returns the file of an operation that takes a body with one field of this schema, and answers with such a one.
fn of(schema: &Value) -> BTreeMap<String, String> {
    let object = json!({ "type": "object", "properties": { "code": schema } });
    let paths = json!({ "/codes": { "put": {
        "operationId": "putCode", "tags": ["codes"], "security": [],
        "requestBody": { "content": { "application/json": { "schema": object } } },
        "responses": answer(&object),
    } } });
    written(&document(&paths, &json!({})), None)
}

#[test]
fn numbers_that_are_no_range_are_listed() {
    for (listed, rules) in [
        (json!([10_001, 1000]), "one_of = [1000, 10001]"),
        (json!([3, 1, 2, 2]), "range = 1..=3"),
        (json!([20, 10, 30]), "range = 10..=30, multiple_of = 10"),
        (json!([5, 15, 25]), "one_of = [5, 15, 25]"),
        (json!([7]), "range = 7..=7"),
    ] {
        let files = of(&json!({ "type": "integer", "enum": listed }));
        let codes = &files["src/codes.rs"];
        assert!(codes.contains(&format!("#[input({rules})]")), "{listed}: {codes}");
        assert!(files["src/values.rs"].contains(&format!("#[value({rules})]")), "{files:?}");
        assert!(!codes.contains("which is for a `check` of yours"), "{codes}");
    }
    for listed in [json!([0.5, 2]), json!([0.5, 2, null])] {
        let codes = &of(&json!({ "type": ["number", "null"], "enum": listed }))["src/codes.rs"];
        assert!(codes.contains("lists the numbers, which is for a `check` of yours"), "{codes}");
    }
}

#[test]
fn a_value_of_another_type_is_read_as_one_of_the_type_that_is_stated() {
    for (schema, wanted) in [
        (json!({ "type": "string", "enum": ["full", 720, true] }), "#[value(name = \"720\")]"),
        (json!({ "type": "integer", "enum": ["1", 2] }), "range = 1..=2"),
        (json!({ "type": "integer", "enum": [1.0, 2.0, "3.0"] }), "range = 1..=3"),
        (json!({ "type": "integer", "enum": ["1.5", 2, 3] }), "range = 2..=3"),
        (
            json!({ "type": "boolean", "enum": ["true"] }),
            "one_of = [true])]\n    pub(crate) code: Option<bool>",
        ),
        (json!({ "type": "boolean", "enum": ["0", "1", true, false] }), "code: Option<bool>"),
    ] {
        let codes = &of(&schema)["src/codes.rs"];
        assert!(codes.contains(wanted), "{schema}: {codes}");
    }
}

#[test]
fn true_alone_is_listed_where_it_comes_in_and_where_it_goes_out() {
    let of_both = of(&json!({ "type": "boolean", "enum": [false, true] }));
    assert!(!of_both["src/codes.rs"].contains("one_of"), "{of_both:?}");
    let of_one = of(&json!({ "type": "boolean", "enum": [false] }));
    assert!(of_one["src/codes.rs"].contains("#[input(one_of = [false])]"), "{of_one:?}");
    let values = &of_one["src/values.rs"];
    assert!(
        values.contains("#[value(one_of = [false])]\npub(crate) struct Truth1(bool);"),
        "{values}"
    );
}

#[test]
fn an_object_with_items_is_an_object_of_any_members() {
    let codes = &of(&json!({ "type": "object", "items": { "type": "string" } }))["src/codes.rs"];
    assert!(codes.contains("says `items` of what is no list"), "{codes}");
    assert!(codes.contains("BTreeMap<String, "), "{codes}");
}

#[test]
fn parameters_of_other_types_at_one_place_are_keys_of_their_own() {
    let get = |name: &str, schema: Value| {
        json!({ "get": {
            "tags": ["articles"], "security": [],
            "parameters": [{ "name": name, "in": "path", "required": true, "schema": schema }],
            "responses": answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } })),
        } })
    };
    let number = || json!({ "type": "integer", "minimum": 1, "maximum": 99 });
    let paths = json!({
        "/articles/{id}": get("id", number()),
        "/articles/{number}/text": get("number", number()),
        "/articles/{username}/all": get("username", json!({ "type": "string", "maxLength": 30 })),
    });
    let files = written(&document(&paths, &json!({})), None);
    let keys = &files["src/keys.rs"];
    assert!(keys.contains("struct Username(String)") && keys.contains("struct Id(i64)"), "{keys}");
    assert_eq!(keys.matches("#[derive(Value)]").count(), 2, "{keys}");
    assert!(files["src/articles.rs"].contains("Unowned<Username>"), "{}", files["src/articles.rs"]);
}

#[test]
fn forms_are_called_by_their_titles() {
    let form = |title: &str, name: &str| json!({ "type": "object", "title": title, "required": [name], "properties": { name: { "type": "boolean" } } });
    let codes = &of(&json!({ "oneOf": [form("Is equal", "equal"), form("Is less", "less")] }));
    let codes = &codes["src/codes.rs"];
    assert!(codes.contains("CodeIsEqual {") && codes.contains("CodeIsLess {"), "{codes}");
    assert!(codes.contains("#[input(untagged)]"), "{codes}");
}

#[test]
fn a_union_beside_another_one_is_no_part_of_it() {
    let form = |member: &str| json!({ "type": "object", "required": [member], "properties": { member: { "type": "boolean" } } });
    let (one, other) = (json!([form("tame"), form("wild")]), json!([form("wild"), form("old")]));
    let part =
        |union: &Value| json!({ "type": "object", "properties": { "code": { "oneOf": union } } });
    for (second, declared) in [(&one, 1), (&other, 0)] {
        let object = json!({ "allOf": [part(&one), part(second)] });
        let paths = json!({ "/codes": { "put": {
            "operationId": "putCode", "tags": ["codes"], "security": [],
            "requestBody": { "content": { "application/json": { "schema": object } } },
            "responses": { "204": { "description": "ok" } },
        } } });
        let report = report(&document(&paths, &json!({})));
        assert_eq!(report["declared"], declared, "{report}");
        let told = report["not"].to_string().contains("a union stands beside another one");
        assert_eq!(told, declared == 0, "{report}");
    }
}

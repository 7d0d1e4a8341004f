//! Members of objects: those that are required and not described, objects of any members, names, and values that are listed beside
//! another type.

use super::*;

/// Returns a document of one operation that takes a schema and answers with it.
fn both(schema: &Value) -> Value {
    document(
        &json!({ "/pets": { "post": {
            "operationId": "addPet",
            "tags": ["pets"],
            "security": [],
            "requestBody": { "content": { "application/json": { "schema": schema } } },
            "responses": answer(schema),
        } } }),
        &json!({}),
    )
}

#[test]
fn what_is_required_and_not_described_is_any_json() {
    let schema = json!({ "type": "object", "required": ["id", "name"], "properties": { "name": { "type": "boolean" } } });
    let pets = &written(&both(&schema), None)["src/pets.rs"];
    assert_eq!(pets.matches("pub(crate) id: FreeValue,").count(), 2, "{pets}");
    assert!(!pets.contains("#[optional]"), "{pets}");
}

#[test]
fn an_object_of_any_members_is_no_other_json() {
    let object = json!({ "type": "object" });
    let list = json!({ "type": "array", "maxItems": 5, "items": object });
    let answers = json!({ "free": [4096, 4, 50] });
    for (schema, wanted) in [
        (&object, "Json(body): Json<FreeObjectValue>) -> FreeObjectValue {"),
        (&list, "Json(body): Json<Array<FreeObjectValue, 5, 0>>) -> Array<FreeObjectValue, 5> {"),
    ] {
        let files = written(&both(schema), Some(&answers));
        assert!(files["src/pets.rs"].contains(wanted), "{wanted}\n{files:?}");
        let main = &files["src/main.rs"];
        assert!(main.contains("type FreeObjectValue = FreeObject<4096, 4, 50>;"), "{main}");
        assert!(!main.contains("FreeValue ="), "{main}");
    }
    let asked = &written(&both(&object), None)["src/main.rs"];
    assert!(asked.contains("write `FreeObject<BYTES, DEPTH, MEMBERS>`"), "{asked}");
}

#[test]
fn a_form_that_is_any_object_leaves_nothing_to_tell_apart() {
    let pet = json!({ "type": "object", "required": ["name"], "properties": { "name": { "type": "boolean" } } });
    let union = |other: Value| {
        written(&both(&json!({ "oneOf": [pet, other] })), None)["src/pets.rs"].clone()
    };
    assert!(union(json!({ "type": "object" })).contains(") -> FreeObjectValue {"));
    assert!(
        union(json!({ "type": "object", "nullable": true })).contains(") -> FreeObjectValue {")
    );
}

#[test]
fn a_name_that_readers_take_apart_in_two_ways_is_left_out() {
    let of =
        |name: &str| json!({ "type": "object", "properties": { name: { "type": "boolean" } } });
    let declared = |name: &str| report(&both(&of(name)))["declared"].clone();
    assert_eq!(declared(&"a".repeat(64)), 1);
    for name in [&*"a".repeat(65), "a b", "a%b", "a\"b", "a,b", "ä"] {
        assert_eq!(declared(name), 0, "{name}");
    }
}

#[test]
fn values_that_are_listed_beside_another_type_are_of_that_type() {
    let schema = json!({ "type": "object", "properties": {
        "ratio": { "type": "string", "enum": [169, 43] },
        "parts": { "type": "array", "maxItems": 2, "enum": ["live", "later"] },
        "step": { "type": "integer", "enum": [30, 10, 20] },
        "odd": { "type": "integer", "format": "int32", "enum": [1, 2, 4] },
        "above": { "type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 2 },
    } });
    let pets = &written(&both(&schema), None)["src/pets.rs"];
    for wanted in [
        "#[value(name = \"169\")]",
        "pub(crate) parts: Option<Vec<",
        "range = 10..=30, multiple_of = 10)]\n    pub(crate) step: Option<i64>",
        "one_of = [1, 2, 4])]\n    pub(crate) odd: Option<i32>",
        "range = 5e-324..=2.0)]\n    pub(crate) above: Option<f64>",
    ] {
        assert!(pets.contains(wanted), "{wanted}\n{pets}");
    }
}

#[test]
fn a_list_that_a_query_has_to_have_has_an_entry() {
    let tags = json!({ "type": "array", "items": { "type": "boolean" } });
    let parameter = |required: bool| json!([{ "name": "tags", "in": "query", "required": required, "schema": tags }]);
    let mut asked =
        both(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
    let mut pets = |required: bool| {
        asked["paths"]["/pets"]["post"]["parameters"] = parameter(required);
        written(&asked, Some(&json!({ "items": 9 })))["src/pets.rs"].clone()
    };
    assert!(pets(true).contains("items = 1..=9"));
    assert!(pets(false).contains("items = 0..=9"));
}

#[test]
fn base64_and_multiples_are_what_the_document_says_of_them() {
    let of = |schema: Value| both(&json!({ "type": "object", "properties": { "it": schema } }));
    let declared = |schema: &Value| report(&of(schema.clone()))["declared"].clone();
    assert_eq!(declared(&json!({ "type": "number", "multipleOf": 0.01 })), 0);
    let whole = json!({ "type": "number", "multipleOf": 5 });
    assert_eq!(declared(&whole), 1);
    let pets = &written(&of(whole), None)["src/pets.rs"];
    assert!(pets.contains("multiple_of = 5)]\n    pub(crate) it: Option<i64>"), "{pets}");
    for schema in [
        json!({ "type": "string", "format": "byte" }),
        json!({ "type": "string", "contentEncoding": "base64" }),
    ] {
        let files = written(&of(schema), None);
        let wanted = "pattern = \"^[A-Za-z0-9+/]*={0,2}$\"";
        assert!(files["src/pets.rs"].contains(wanted), "{files:?}");
        assert!(files["src/values.rs"].contains(wanted), "{files:?}");
    }
}

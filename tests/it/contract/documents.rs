//! Documents of others: of two versions of OpenAPI, with circles, with what leads nowhere, and what is no document.

use secure_api::{
    contract::{self, Severity},
    testing::{JsonValue, json},
};

use super::{diff, document, today, told};

pub(super) fn with_schemas(body: &JsonValue, schemas: &JsonValue) -> JsonValue {
    let mut document = document(json!({
        "requestBody": { "content": { "application/json": { "schema": body } } },
        "responses": { "200": { "content": { "application/json": { "schema": body } } } },
    }));
    document["components"] = json!({ "schemas": schemas });
    document
}

pub(super) fn reference(name: &str) -> JsonValue {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

#[test]
fn a_schema_that_contains_itself_is_compared_once() {
    let tree = |most: u8| {
        let node = json!({
            "type": "object",
            "properties": {
                "name": { "type": "string", "maxLength": most },
                "children": { "type": "array", "items": reference("Node") },
            },
        });
        with_schemas(&reference("Node"), &json!({ "Node": node }))
    };
    let report = diff(&tree(5), &tree(9));
    let ids: Vec<_> = report.findings.iter().map(contract::Finding::id).collect();
    let wanted = [
        "response-property-max-length-increased POST /v1/orders/{order} 200.name",
        "request-property-max-length-increased POST /v1/orders/{order} body.name",
    ];
    assert_eq!(ids, wanted);
    let circle = json!({ "C": { "allOf": [reference("C")] },
        "D": { "oneOf": [reference("D")] }, "E": { "allOf": [reference("E"), reference("E"), reference("E")] },
        "F": { "anyOf": [reference("F"), reference("F"), reference("C")] } });
    for name in ["C", "D", "E", "F"] {
        let same = with_schemas(&reference(name), &circle);
        assert_eq!(diff(&same, &same).findings, []);
    }
}

#[test]
fn a_schema_with_another_name_is_the_same_schema() {
    let schema = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let old = with_schemas(&reference("Old"), &json!({ "Old": schema }));
    let new = with_schemas(&reference("New"), &json!({ "New": schema }));
    assert_eq!(diff(&old, &new).findings, []);
    assert_eq!(diff(&old, &with_schemas(&schema, &json!({}))).findings, []);
    let union = |name: &str| {
        with_schemas(
            &json!({ "oneOf": [reference(name), { "type": "integer" }] }),
            &json!({ name: schema }),
        )
    };
    assert_eq!(diff(&union("Old"), &union("New")).findings, []);
}

#[test]
fn two_versions_of_openapi_that_say_the_same_have_no_finding() {
    let mut old = document(json!({ "parameters": [{
        "name": "n", "in": "query",
        "schema": { "type": "number", "nullable": true, "maximum": 9, "exclusiveMaximum": true },
    }] }));
    old["openapi"] = json!("3.0.3");
    let new = document(json!({ "parameters": [{
        "name": "n", "in": "query", "schema": { "type": ["number", "null"], "exclusiveMaximum": 9 },
    }] }));
    assert_eq!(diff(&old, &new).findings, []);
}

#[test]
fn the_order_of_members_says_nothing() {
    let old = r#"{"openapi":"3.1.0","paths":{"/a":{"get":{"parameters":[
        {"name":"x","in":"query","schema":{"type":"string","enum":["1","2"]}},{"name":"y","in":"query","schema":{}}],
        "responses":{"200":{},"404":{}}}}}}"#;
    let new = r#"{"paths":{"/a":{"get":{"responses":{"404":{},"200":{}},"parameters":[
        {"schema":{},"in":"query","name":"y"},{"schema":{"enum":["2","1"],"type":"string"},"in":"query","name":"x"}]}}},
        "openapi":"3.1.0"}"#;
    assert_eq!(contract::diff(old, new, today()).expect("documents").findings, []);
}

#[test]
fn a_component_of_any_kind_is_followed() {
    let with = |required: bool| {
        json!({
            "openapi": "3.1.0",
            "paths": { "/a": { "post": {
                "parameters": [{ "$ref": "#/components/parameters/P" }],
                "requestBody": { "$ref": "#/components/requestBodies/B" },
                "responses": { "200": { "$ref": "#/components/responses/R" } },
            } } },
            "components": {
                "parameters": { "P": { "name": "p", "in": "query", "required": required } },
                "requestBodies": { "B": { "required": required } },
                "responses": { "R": { "headers": { "H": { "$ref": "#/components/headers/H" } } } },
                "headers": { "H": { "required": !required } },
            },
        })
    };
    let found = told(&diff(&with(false), &with(true)));
    let wanted = [
        "B request-body-became-required",
        "B request-parameter-became-required",
        "B response-header-became-optional",
    ];
    assert_eq!(found, wanted.map(str::to_owned).into());
}

#[test]
fn what_cannot_be_told_ends_with_2_and_what_breaks_with_1() {
    let pattern = |pattern: &str| {
        document(
            json!({ "parameters": [{ "name": "p", "in": "query", "schema": { "pattern": pattern } }] }),
        )
    };
    let report = diff(&pattern("^a$"), &pattern("^b$"));
    assert_eq!(
        (report.findings[0].level, report.exit_code()),
        (Severity::Undecided, 2),
        "{report}"
    );
    let gone = diff(&pattern("^a$"), &json!({ "openapi": "3.1.0" }));
    assert_eq!(gone.exit_code(), 1, "{gone}");
    let come = diff(&json!({ "openapi": "3.1.0" }), &pattern("^a$"));
    assert_eq!(come.exit_code(), 0, "{come}");
}

#[test]
fn a_report_is_text_and_data() {
    let report = diff(&document(json!({})), &json!({ "openapi": "3.1.0" }));
    assert_eq!(
        report.to_string(),
        "breaking   api-path-removed-without-deprecation POST /v1/orders/{order}\n           \
         POST /v1/orders/{order} is gone, and nobody was told that it would go\n1 breaking\n"
    );
    let data = serde_json::to_value(&report).expect("JSON");
    assert_eq!(
        data,
        json!({ "findings": [{
        "rule": "api-path-removed-without-deprecation",
        "level": "breaking",
        "operation": "POST /v1/orders/{order}",
        "place": "",
        "sentence": "POST /v1/orders/{order} is gone, and nobody was told that it would go",
    }] })
    );
}

#[test]
fn what_is_no_document_is_said_to_be_none() {
    let good = r#"{"openapi":"3.1.0"}"#;
    for (old, new, why) in [
        ("nonsense", good, "the old document is no JSON"),
        (good, "[]", "the new document is no OpenAPI document of version 3"),
        (r#"{"swagger":"2.0"}"#, good, "the old document is no OpenAPI document of version 3"),
        (
            good,
            r#"{"openapi":"3.0.0","paths":[]}"#,
            "the new document has `paths` that are no object",
        ),
    ] {
        let error = contract::diff(old, new, today()).expect_err(why).to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn references_out_of_a_document_and_around_in_it_are_told() {
    let of = |schema: JsonValue, schemas: JsonValue| {
        let mut document = document(json!({ "requestBody": {
            "content": { "application/json": { "schema": schema } },
        } }));
        document["components"] = json!({ "schemas": schemas });
        document.to_string()
    };
    let good = of(
        reference("Node"),
        json!({ "Node": {
        "type": "object",
        "properties": { "next": reference("Node"), "$ref": { "type": "string" } },
        "example": { "$ref": "other.json" },
    } }),
    );
    assert_eq!(contract::diff(&good, &good, today()).expect("documents").findings, []);
    for (schema, schemas, why) in [
        (
            json!({ "$ref": "other.yaml#/Order" }),
            json!({}),
            "refers to `other.yaml#/Order`, which is outside of it: bundle it into one document first",
        ),
        (
            json!({ "items": { "$ref": "https://shop.example/order.json" } }),
            json!({}),
            "refers to `https://shop.example/order.json`, which is outside of it",
        ),
        (
            json!(true),
            json!({ "A": reference("B"), "B": reference("A") }),
            "has a reference that leads back to itself, `#/components/schemas/B`",
        ),
        (json!(true), json!({ "A": reference("A") }), "has a reference that leads back to itself"),
    ] {
        let bad = of(schema, schemas);
        for (old, new, which) in [(&bad, &good, "the old"), (&good, &bad, "the new")] {
            let error = contract::diff(old, new, today()).expect_err(why).to_string();
            assert!(error.starts_with(&format!("{which} document {why}")), "{error}");
        }
    }
}

/// A document may be written to be compared for ever.
#[test]
fn a_union_of_unions_ends() {
    let union =
        |name: &str| json!({ "oneOf": [reference(name), reference(name), { "type": "string" }] });
    let schemas = json!({ "A": union("A"), "B": union("C"), "C": union("B") });
    let all = [reference("A"), reference("B"), union("A"), json!({ "type": "object" })];
    for (old, new) in all.iter().flat_map(|old| all.iter().map(move |new| (old, new))) {
        let _ = diff(&with_schemas(old, &schemas), &with_schemas(new, &schemas));
    }
}

/// A document with anything in the place of something is compared, or is said to be none.
#[test]
fn no_document_is_too_strange_to_compare() {
    let whole = with_schemas(
        &json!({ "allOf": [reference("A"), { "required": ["a"] }], "oneOf": [reference("A"), { "type": "null" }] }),
        &json!({ "A": {
            "type": "object",
            "properties": { "a": { "enum": [1, null] } },
            "discriminator": { "propertyName": "a" },
        } }),
    );
    let strange = [
        json!(null),
        json!(true),
        json!(-1),
        json!(""),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "$ref": "#" }),
        json!({ "$ref": 7 }),
    ];
    let mut places = Vec::new();
    pointers(&whole, String::new(), &mut places);
    assert!(places.len() > 40, "only {} places", places.len());
    for place in places {
        for value in &strange {
            let mut other = whole.clone();
            *other.pointer_mut(&place).expect("a place") = value.clone();
            let _ = contract::diff(&whole.to_string(), &other.to_string(), today());
            let _ = contract::diff(&other.to_string(), &whole.to_string(), today());
        }
    }
}

fn pointers(value: &JsonValue, at: String, found: &mut Vec<String>) {
    let inner: Vec<(String, &JsonValue)> = match value {
        JsonValue::Object(members) => {
            let escaped = |name: &String| name.replace('~', "~0").replace('/', "~1");
            members.iter().map(|(name, value)| (escaped(name), value)).collect()
        }
        JsonValue::Array(items) => {
            items.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (name, value) in inner {
        pointers(value, format!("{at}/{name}"), found);
    }
    found.push(at);
}

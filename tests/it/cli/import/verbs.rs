//! Contracts with what a verb seldom has: a DELETE with a body, a GET with an empty one or with 204, a 202 with content, one scalar as
//! the whole answer, and a query in the path.

use super::*;

/// Returns an operation that is answered with this status, and JSON of this schema where there is one.
fn of(status: &str, schema: &Value) -> Value {
    let answer = match schema {
        Value::Null => json!({ "description": "ok" }),
        schema => {
            json!({ "description": "ok", "content": { "application/json": { "schema": schema } } })
        }
    };
    json!({ "tags": ["pets"], "security": [], "responses": { status: answer } })
}

/// Returns the same with a body of this schema, of a form.
fn with_body(mut operation: Value, schema: &Value, required: bool) -> Value {
    let content = json!({ "application/x-www-form-urlencoded": { "schema": schema } });
    operation["requestBody"] = json!({ "content": content, "required": required });
    operation
}

/// Imports one document. Returns its routes, and the reasons of what is left out.
fn routes(paths: &Value, answers: Option<&Value>) -> (String, Vec<String>) {
    let document = document(paths, &json!({}));
    let report = report(&document);
    let lists = [&report["not"], &report["by_hatch"]];
    let left = lists.iter().flat_map(|list| list.as_array().expect("a list"));
    let left = left.map(|one| format!("{}: {}", one["operation"], one["reason"]));
    let left: Vec<String> = left.collect();
    let files = written(&document, answers);
    let mut text = files.get("src/pets.rs").cloned().unwrap_or_default();
    text.push_str(files.get("src/values.rs").map_or("", String::as_str));
    (text, left)
}

fn has(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

#[test]
fn a_delete_with_a_body_has_an_exception_and_an_empty_body_is_left_out() {
    let listed = json!({ "type": "object", "required": ["ids"], "properties": { "ids": {
        "type": "array", "maxItems": 9, "items": { "type": "integer", "minimum": 1, "maximum": 9 },
    } } });
    let empty = json!({ "type": "object", "properties": {} });
    let shown = json!({ "type": "boolean" });
    let (text, left) = routes(
        &json!({
            "/pets": { "delete": with_body(of("204", &Value::Null), &listed, true) },
            "/fish": { "delete": with_body(of("204", &Value::Null), &empty, false) },
            "/cats": { "get": with_body(of("200", &shown), &empty, false) },
            // It has to be sent, or has members, so it means something.
            "/dogs": { "get": with_body(of("200", &shown), &empty, true) },
            "/cows": { "get": with_body(of("200", &shown), &listed, false) },
        }),
        None,
    );
    has(
        &text,
        &["allow(content, reason = \"the document gives this DELETE a body\")", "Form(body)"],
    );
    assert_eq!(text.matches("allow(content").count(), 1, "{text}");
    assert_eq!(text.matches("an empty body, which has no members").count(), 2, "{text}");
    let wanted = ["\"GET /dogs\": \"a GET has a body\"", "\"GET /cows\": \"a GET has a body\""];
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(wanted.iter().all(|wanted| left.iter().any(|left| left == wanted)), "{left:?}");
}

#[test]
fn a_scalar_is_an_answer_in_its_bounds_or_asks_for_them() {
    let paths = json!({
        "/flag": { "get": of("200", &json!({ "type": "boolean" })) },
        "/count": { "delete": of("200", &json!({ "type": "integer", "format": "int32" })) },
        "/share": { "get": of("200", &json!({ "type": "integer", "minimum": 0, "maximum": 100 })) },
        "/name": { "post": of("200", &json!({ "type": "string" })) },
        "/mail": { "get": of("200", &json!({ "type": "string", "format": "email", "nullable": true })) },
        "/kind": { "get": of("200", &json!({ "type": "string", "enum": ["dog", "cat"] })) },
        "/made": { "post": of("201", &json!({ "type": "string" })) },
        "/mixed": { "get": of("200", &json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] })) },
    });
    let (text, left) = routes(&paths, None);
    has(
        &text,
        &[
            "-> Scalar<bool>",
            "-> Scalar<i32>",
            "-> Scalar<Option<Email>>",
            "#[value(range = 0..=100)]",
        ],
    );
    // How long a name may be is a question: a text without `max_len` does not compile.
    assert!(!text.contains("max_len"), "{text}");
    has(&routes(&paths, Some(&json!({ "text": 500 }))).0, &["#[value(max_len = 500, text)]"]);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].contains("several kinds"), "{left:?}");
}

#[test]
fn a_202_shows_what_it_has_and_a_get_with_204_is_a_question() {
    let export = json!({ "type": "object", "properties": { "id": { "type": "integer" } } });
    let mut page = of("202", &Value::Null);
    page["responses"]["202"]["content"] = json!({ "text/html": { "schema": {} } });
    let (text, left) = routes(
        &json!({
            "/exports": { "post": of("202", &export), "delete": of("202", &json!({ "type": "integer" })) },
            "/lists": { "put": of("202", &json!({ "type": "array", "maxItems": 3, "items": export })) },
            "/page": { "post": page },
            "/star": { "get": of("204", &Value::Null) },
        }),
        None,
    );
    has(
        &text,
        &["-> AcceptedWith<", "-> AcceptedWith<Scalar<", "-> AcceptedWith<Array<", "-> Exists"],
    );
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].starts_with("\"POST /page\""), "{left:?}");
}

#[test]
fn a_parameter_that_is_a_value_or_an_object_has_the_parameters_of_both() {
    let integer = json!({ "type": "integer", "minimum": 0, "maximum": 9 });
    let range = json!({ "type": "object", "properties": { "gt": integer, "lt": integer } });
    let either = json!({ "anyOf": [range, integer] });
    let with = |parameter: Value| {
        let mut operation = of("200", &json!({ "type": "boolean" }));
        operation["parameters"] = json!([parameter]);
        json!({ "get": operation })
    };
    let paths = json!({
        "/deep": with(json!({ "name": "made", "in": "query", "style": "deepObject", "schema": either })),
        "/beside": with(json!({ "name": "page", "in": "query", "schema": either })),
        "/required": with(json!({ "name": "made", "in": "query", "required": true, "schema": either })),
    });
    let (text, left) = routes(&paths, None);
    has(
        &text,
        &["\"made[gt]\"", "\"made[lt]\"", "made: Option<", " gt: Option<", " page: Option<"],
    );
    assert!(!text.contains("page[gt]"), "{text}");
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].starts_with("\"GET /required\""), "{left:?}");
}

#[test]
fn a_query_in_a_path_is_one() {
    let mut air = of("200", &json!({ "type": "boolean" }));
    air["parameters"] = json!([
        { "name": "id", "in": "path", "required": true, "schema": { "type": "integer", "minimum": 1, "maximum": 7 } },
    ]);
    let (text, left) = routes(
        &json!({
            "/air?city={id}&key={key}": { "get": air },
            "/air#by-name": { "delete": of("204", &Value::Null) },
            "/wind?v=2": { "get": of("200", &json!({ "type": "boolean" })) },
            "/air#again": { "delete": of("204", &Value::Null) },
        }),
        None,
    );
    has(&text, &["\"/air\"", "range = 1..=7", "city: ", "key: "]);
    // The value is what tells it from another one, and of two at one place the first is there.
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.iter().any(|left| left.contains("/wind?v=2") && left.contains("a value")));
    assert!(left.iter().any(|left| left.contains("/air#") && left.contains("verb and path")));
}

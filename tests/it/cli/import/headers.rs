//! Header fields of requests: those that a handler reads, and those that the framework does.

use super::*;

#[test]
fn headers_of_credentials_are_no_input() {
    let header = |name: &str| json!({ "name": name, "in": "header", "schema": { "type": "string", "maxLength": 9 } });
    let parameters = json!([
        header("X-Badge"),
        header("x_badge"),
        header("Authorization"),
        header("X-API-Key"),
        header("Proxy-Authorization"),
        header("X-HTTP-Method-Override"),
        header("CF-Connecting-IP"),
        header("True-Client-IP"),
        header("X-Trace"),
        header("x-trace"),
        { "name": "crumb", "in": "cookie", "schema": { "type": "string", "maxLength": 9 } },
        { "name": "theme", "in": "cookie", "schema": { "type": "string", "maxLength": 9 } },
    ]);
    let mut document = document(
        &json!({ "/pets": { "get": {
            "operationId": "listPets",
            "tags": ["pets"],
            "security": [{ "badge": [] }],
            "parameters": parameters,
            "responses": answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } })),
        } } }),
        &json!({}),
    );
    document["components"]["securitySchemes"]["crumb"] =
        json!({ "type": "apiKey", "in": "cookie", "name": "crumb" });
    let files = written(&document, None);
    let pets = &files["src/pets.rs"];
    let named: Vec<&str> = pets.matches("#[input(name = ").collect();
    assert_eq!(named.len(), 1, "{pets}");
    for wanted in ["name = \"X-Trace\"", "theme: Option<String>", "by = Badge"] {
        assert!(pets.contains(wanted), "{wanted}\n{pets}");
    }
    assert!(!pets.contains("crumb") && !pets.contains("x_badge"), "{pets}");
}

#[test]
fn what_an_answer_promises_of_a_header_field_is_a_type() {
    let mut ok =
        answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
    ok["200"]["headers"] = json!({
        "X-Total": { "schema": { "type": "integer", "minimum": 0, "maximum": 7 } },
        "X-Left": { "schema": { "type": "integer" } },
        "X-Chip": { "schema": { "type": "string", "format": "int64" } },
        "X-Shelf": { "schema": { "type": "string", "maxLength": 9, "pattern": "^[a-z]+$" } },
        "X-Kind": { "schema": { "type": "string", "enum": ["dog", "cat"] } },
    });
    let paths = json!({ "/pets": { "get": { "operationId": "listPets", "security": [], "responses": ok } } });
    let files =
        written(&document(&paths, &json!({})), Some(&json!({ "number": [0, 9], "text": 20 })));
    let pets = &files["src/pets.rs"];
    for wanted in [
        "#[header(name = \"X-Total\")]\n    pub(crate) x_total: Option<Number1>,",
        "#[header(name = \"X-Left\")]\n    pub(crate) x_left: Option<i64>,",
        "#[header(name = \"X-Chip\")]\n    pub(crate) x_chip: Option<NumberText<i64>>,",
        "#[header(name = \"X-Shelf\")]\n    pub(crate) x_shelf: Option<Text2>,",
        "pub(crate) x_kind: Option<ListPetsXKind>,",
    ] {
        assert!(pets.contains(wanted), "{wanted}\n{pets}");
    }
}

/// Returns the texts of a list of the macros, by its name.
fn listed(name: &str) -> Vec<&'static str> {
    let source = include_str!("../../../../secure-api-macros/src/derive/headers/name.rs");
    let list = source.split(&format!("const {name}: &[&str] = &[")).nth(1).expect("a list");
    let list = list.split("];").next().expect("its end");
    list.split('"').skip(1).step_by(2).collect()
}

#[test]
fn what_no_handler_may_send_is_not_written() {
    let of = |names: &[String]| {
        let headers: serde_json::Map<String, Value> = names
            .iter()
            .map(|name| (name.clone(), json!({ "schema": { "type": "string", "maxLength": 9 } })))
            .collect();
        let mut ok =
            answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
        ok["200"]["headers"] = json!(headers);
        let get = json!({ "get": { "operationId": "listPets", "security": [], "responses": ok } });
        document(&json!({ "/pets": get }), &json!({}))
    };
    let (owned, families) = (listed("OWNED"), listed("FAMILIES"));
    assert!(owned.len() > 60 && families.len() > 10);
    let families = families.iter().map(|family| format!("{family}Any"));
    let caches = ["Cache-Control", "CDN-Cache-Control"].map(str::to_owned);
    let names: Vec<String> =
        owned.iter().map(|name| (*name).to_owned()).chain(families).chain(caches).collect();
    let files = written(&of(&names), None);
    assert!(!files["src/pets.rs"].contains("ResponseHeaders"), "{}", files["src/pets.rs"]);
    let files = written(&of(&["X-Total".to_owned()]), None);
    assert!(
        files["src/pets.rs"].contains("#[header(name = \"X-Total\""),
        "{}",
        files["src/pets.rs"]
    );
    for name in ["X_Total", "X Total"] {
        let left = report(&of(&[name.to_owned()]));
        assert_eq!(left["not"].as_array().map(Vec::len), Some(1), "{name}: {left}");
    }
}

#[test]
fn a_field_of_an_answer_has_its_bounds_by_its_type() {
    let mut ok =
        answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } }));
    ok["200"]["headers"] = json!({
        "X-Total": { "schema": { "type": "integer" } },
        "X-Page": { "schema": { "type": "integer", "minimum": 1, "maximum": 9 } },
        "X-Kind": { "schema": { "type": "integer", "enum": [1, 5, 17] } },
        "X-Where": { "schema": { "type": "string", "format": "uri", "maxLength": 100 } },
        "X-Name": { "schema": { "type": "string" } },
    });
    let get = json!({ "get": { "operationId": "listPets", "tags": ["pets"], "security": [], "responses": ok } });
    let answers = json!({ "number": [0, 10], "text": 5000 });
    let files = written(&document(&json!({ "/pets": get }), &json!({})), Some(&answers));
    let pets = &files["src/pets.rs"];
    for wanted in [
        "#[header(name = \"X-Total\")]\n    pub(crate) x_total: Option<i64>",
        "x_page: Option<Number",
        "x_kind: Option<Number",
        "x_where: Option<WebUrl3>",
        "#[header(name = \"X-Name\", max_len = 1024)]\n    pub(crate) x_name: Option<String>",
    ] {
        assert!(pets.contains(wanted), "{wanted}\n{pets}");
    }
    assert!(!pets.contains("range") && !pets.contains("one_of"), "{pets}");
    let values = &files["src/values.rs"];
    assert!(values.contains("max_len = 100)]\npub(crate) struct WebUrl"), "{values}");
    assert!(files["src/values.rs"].contains("one_of = [1, 5, 17]"), "{}", files["src/values.rs"]);
}

//! Credentials where the contract has them, and alternatives of several together.

use super::*;

/// Returns a document with one operation for each of these, by its path, and these schemes.
fn secured(operations: &[(&str, Value)], schemes: Value) -> Value {
    let ok = answer(&json!({ "type": "object", "properties": { "a": { "type": "boolean" } } }));
    let text = json!({ "type": "string", "maxLength": 40 });
    let parameters = json!([
        { "name": "api_key", "in": "query", "schema": text },
        { "name": "word", "in": "query", "schema": text },
    ]);
    let one = |(path, security): &(&str, Value)| {
        let get = json!({ "security": security, "parameters": parameters, "responses": ok });
        ((*path).to_owned(), json!({ "get": get }))
    };
    let paths: serde_json::Map<String, Value> = operations.iter().map(one).collect();
    let mut document = document(&Value::Object(paths), &json!({}));
    document["components"]["securitySchemes"] = schemes;
    document
}

#[test]
fn a_key_stands_where_the_contract_has_it() {
    let of =
        |place: &str, name: &str| json!({ "key": { "type": "apiKey", "in": place, "name": name } });
    let asked = [("/pets", json!([{ "key": [] }]))];
    for (place, name, kind) in [
        ("query", "api_key", "ApiKey::in_query(\"api_key\", \"clients of the contract"),
        ("cookie", "acme_key", "ApiKey::in_cookie(\"acme_key\")"),
        ("header", "X-Acme-Key", "ApiKey::in_header(\"x-acme-key\")"),
        ("header", "api_key", "ApiKey::in_header(\"api_key\")"),
    ] {
        let document = secured(&asked, of(place, name));
        assert_eq!(report(&document)["declared"], 1, "{place}");
        let files = written(&document, None);
        let kinds = &files["src/credentials.rs"];
        assert!(kinds.contains(kind), "{kind}\n{kinds}");
        let pets = &files["src/pets.rs"];
        assert!(pets.contains("by = Key"), "{pets}");
        // The key is no input beside that.
        assert_eq!(pets.contains("api_key"), place != "query", "{pets}");
        assert!(pets.contains("word"), "{pets}");
    }
    let session = secured(&asked, of("cookie", "JSESSIONID"));
    assert!(written(&session, None)["src/pets.rs"].contains("by = Session"));
}

#[test]
fn of_several_schemes_of_keys_nobody_knows_which_is_the_keys() {
    let document = secured(
        &[("/pets", json!([{ "app": [], "key": [] }]))],
        json!({
            "app": { "type": "apiKey", "in": "query", "name": "app_id" },
            "key": { "type": "apiKey", "in": "query", "name": "api_key" },
        }),
    );
    let files = written(&document, None);
    let kinds = &files["src/credentials.rs"];
    for wanted in ["Kind::query(\"App\", \"app_id\", ", "Kind::query(\"Key"] {
        assert!(kinds.contains(wanted), "{wanted}\n{kinds}");
    }
    assert!(files["src/pets.rs"].contains("by = all(App, Key"), "{}", files["src/pets.rs"]);
}

#[test]
fn alternatives_are_of_several_kinds() {
    let schemes = json!({
        "token": { "type": "http", "scheme": "bearer" },
        "badge": { "type": "apiKey", "in": "header", "name": "X-Badge" },
        "pin": { "type": "apiKey", "in": "header", "name": "X-Pin" },
    });
    let document = secured(
        &[
            ("/pets", json!([{ "token": [] }, { "badge": [], "pin": [] }])),
            ("/dogs", json!([{ "token": [] }, { "badge": [], "token": [] }])),
            ("/cats", json!([{ "badge": [], "pin": [] }, { "pin": [], "badge": [] }])),
        ],
        schemes.clone(),
    );
    assert_eq!(report(&document)["declared"], 3);
    let files = written(&document, None);
    for (file, by) in [
        ("pets", "by = any(Bearer, all(Badge, Pin))"),
        // Who has the token needs nothing else.
        ("dogs", "by = Bearer,"),
        ("cats", "by = all(Badge, Pin)"),
    ] {
        let text = &files[&format!("src/{file}.rs")];
        assert!(text.contains(by), "{by}\n{text}");
    }
    // What nobody needs is no kind of the project.
    let needless = json!([{ "token": [] }, { "badge": [], "token": [] }]);
    let files = written(&secured(&[("/dogs", needless)], schemes), None);
    assert!(!files.contains_key("src/credentials.rs"), "{files:?}");
}

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
    assert!(!pets.contains("crumb"), "{pets}");
}

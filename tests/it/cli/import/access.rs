//! Callers, where a document says in a way that no route can who they are: never more of them than it lets in.

use super::*;

/// Returns the file of an operation that has these alternatives.
fn route(security: &Value) -> String {
    let mut document = document(&json!({}), &json!({}));
    document["paths"] = json!({ "/pets": { "get": {
        "operationId": "listPets",
        "security": security,
        "responses": answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } })),
    } } });
    let files = written(&document, None);
    files.get("src/pets.rs").or(files.get("src/left_out.rs")).expect("a file").clone()
}

#[test]
fn a_name_in_place_of_an_object_lets_nobody_in() {
    for security in
        [json!(["token"]), json!([null]), json!([["token"]]), json!([{ "token": [] }, "badge"])]
    {
        let text = route(&security);
        assert!(text.contains("fn list_pets"), "{text}");
        assert!(!text.contains("public") && !text.contains("role ="), "{security}: {text}");
    }
    let text = route(&json!([{ "token": { "pets": "read" } }]));
    assert!(!text.contains("public") && !text.contains("role ="), "{text}");
    assert!(route(&json!([{ "token": null }])).contains("role = Role::Member"));
    assert!(route(&json!([{}])).contains("public = \""));
}

#[test]
fn scopes_are_demanded_in_whatever_form_they_are_listed() {
    for scopes in [json!("read write"), json!(["read", "write"]), json!(["write read"])] {
        let text = route(&json!([{ "token": scopes }]));
        assert!(text.contains("scope = [\"read\", \"write\"]"), "{scopes}: {text}");
    }
    let text = route(&json!([{ "token": ["lire", "écrire"] }]));
    assert!(text.contains("// Not declared: it asks for a scope that no token can have"), "{text}");
}

#[test]
fn a_kind_without_scopes_frees_no_other_of_its_own() {
    let text = route(&json!([{ "token": ["pets:read"] }, { "badge": [] }]));
    assert!(
        text.contains("by = [Badge, Bearer]") || text.contains("by = [Bearer, Badge]"),
        "{text}"
    );
    assert!(text.contains("scope = \"pets:read\""), "{text}");
    let text = route(&json!([{ "token": ["a", "b"] }, { "token": ["c", "d"] }]));
    assert!(
        text.contains("scope = [\"a\", \"b\"]") && text.contains("role = Role::Member"),
        "{text}"
    );
    let text = route(&json!([{ "token": ["a"] }, { "token": ["b"] }]));
    assert!(text.contains("role = [Role::A, Role::B]") && !text.contains("scope ="), "{text}");
}

#[test]
fn more_scopes_than_there_are_roles_are_a_question() {
    let any: Vec<Value> =
        (0..101).map(|number| json!({ "token": [format!("s{number}")] })).collect();
    let text = route(&json!(any));
    assert!(text.contains("by = Bearer") && !text.contains("role ="), "{text}");
    assert!(text.contains("#[view(ListPetsAnswerView, fields("), "{text}");
}

//! Parameters of paths: their types, the letters that they do not hold, and addresses that begin with a version or a dot.

use super::*;

fn get(path: &str, schemas: &[(&str, Value)]) -> Value {
    let parameters: Vec<Value> = schemas
        .iter()
        .map(|(name, schema)| json!({ "name": name, "in": "path", "required": true, "schema": schema }))
        .collect();
    let done = json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } });
    json!({ path: { "get": { "tags": ["all"], "security": [], "parameters": parameters, "responses": answer(&done) } } })
}

fn paths(all: &[Value]) -> Value {
    let mut paths = json!({});
    for one in all.iter().filter_map(Value::as_object) {
        for (path, item) in one {
            paths[path] = item.clone();
        }
    }
    document(&paths, &json!({}))
}

#[test]
fn a_parameter_has_the_type_that_it_has_in_the_document() {
    let number = json!({ "type": "number", "minimum": -90, "maximum": 90 });
    let day = json!({ "type": "string", "format": "date" });
    let document = paths(&[
        get("/near/{latitude}", &[("latitude", number)]),
        get("/days/{day}", &[("day", day)]),
        get("/flags/{open}", &[("open", json!({ "type": "boolean" }))]),
    ]);
    let keys = &written(&document, Some(&json!({ "unowned": "all may see it" })))["src/keys.rs"];
    for wanted in [
        "range = -90.0..=90.0)]\npub(crate) struct Latitude(f64);",
        "pub(crate) struct Day(Date);",
        "pub(crate) struct Open(bool);",
    ] {
        assert!(keys.contains(wanted), "{wanted}\n{keys}");
    }
}

#[test]
fn a_key_holds_no_letter_that_ends_it_or_makes_another_path() {
    let text = || json!({ "type": "string", "maxLength": 20 });
    let document = paths(&[
        get("/pets/{pet}", &[("pet", text())]),
        get("/pets/{name}:check", &[("name", text())]),
        get("/spans/{from}..{to}", &[("from", text()), ("to", text())]),
    ]);
    let keys = &written(&document, None)["src/keys.rs"];
    for wanted in [
        "max_len = 20, pattern = \"^[^\\\\:]+$\")]\npub(crate) struct Pet(String);",
        "max_len = 20, pattern = \"^[^\\\\.]+$\")]\npub(crate) struct FromKey(String);",
        "max_len = 20)]\npub(crate) struct To(String);",
    ] {
        assert!(keys.contains(wanted), "{wanted}\n{keys}");
    }
}

#[test]
fn what_has_one_schema_behind_one_path_is_one_type() {
    let id = || ("id", json!({ "type": "string", "maxLength": 20 }));
    let number = ("id", json!({ "type": "integer", "minimum": 1, "maximum": 9 }));
    let kind = || ("kind", json!({ "type": "string", "enum": ["dog", "cat"] }));
    let document = paths(&[
        get("/v1/pets/{id}", &[id()]),
        get("/v2/pets/{id}", &[id()]),
        get("/v2/pets/search", &[]),
        get("/v2/pets/{id}/photo", &[id()]),
        get("/v2/pets/{pet}:check", &[("pet", id().1)]),
        get("/v1/kinds/{kind}", &[kind()]),
        get("/v2/kinds/{kind}", &[kind()]),
        // Another resource, and another schema.
        get("/v2/owners/{id}", &[id()]),
        get("/v3/pets/{id}", &[number]),
    ]);
    let files = written(&document, None);
    let (keys, all) = (&files["src/keys.rs"], &files["src/all.rs"]);
    assert_eq!(
        keys.matches("pub(crate) struct ").count() + keys.matches("pub(crate) enum ").count(),
        4,
        "{keys}"
    );
    // It holds what any of its places asks for.
    let of_pets = "max_len = 20, pattern = \"^[^\\\\:]+$\", reserved(\"search\"))]\npub(crate) struct Id(String);";
    assert!(keys.contains(of_pets), "{of_pets}\n{keys}");
    for (wanted, count) in [(": Unowned<Id>", 4), (": Unowned<Kind>", 2)] {
        assert_eq!(all.matches(wanted).count(), count, "{wanted}\n{all}");
    }
}

#[test]
fn a_key_keeps_its_pattern_where_no_word_stands_in_its_place() {
    let code = || ("code", json!({ "type": "string", "maxLength": 20, "pattern": "^[a-f]+$" }));
    let document = paths(&[
        get("/v1/pets/{code}", &[code()]),
        get("/v2/pets/{code}", &[code()]),
        get("/v2/pets/search", &[]),
    ]);
    let keys = &written(&document, None)["src/keys.rs"];
    assert!(keys.contains("max_len = 20, pattern = \"^[a-f]+$\")]\n"), "{keys}");
    assert!(keys.contains("reserved(\"search\"))]\n"), "{keys}");
}

#[test]
fn a_key_that_looks_like_a_secret_is_an_id_by_an_answer() {
    let document = paths(&[get("/pay/{token}", &[("token", json!({ "type": "string" }))])]);
    let asked = written(&document, None);
    assert!(asked["src/keys.rs"].contains("struct Token(String)"), "{asked:?}");
    let answers = json!({ "allow": { "Token": "plain_secret: it names one payment" } });
    let answered = written(&document, Some(&answers));
    assert!(answered["src/keys.rs"].contains("struct TokenId(String)"), "{answered:?}");
    assert!(answered["src/all.rs"].contains("\"/pay/{token_id}\""), "{answered:?}");
}

#[test]
fn administration_that_all_may_do_is_answered_by_the_api() {
    let document = paths(&[get("/admin/users", &[])]);
    let main = &written(&document, None)["src/main.rs"];
    assert!(!main.contains("shared_admin"), "{main}");
    let answers = json!({ "allow": { "ProjectApi": "shared_admin: members are the staff" } });
    let main = &written(&document, Some(&answers))["src/main.rs"];
    assert!(
        main.contains("allow(shared_admin, reason = \"members are the staff\"), routes("),
        "{main}"
    );
}

#[test]
fn addresses_that_begin_with_a_version_among_others_are_as_written() {
    let as_written = "paths = \"as written\"";
    let mixed = paths(&[get("/v2/pets", &[]), get("/ping", &[])]);
    let mut base = paths(&[get("/pets", &[])]);
    let main = |document: &Value| written(document, None)["src/main.rs"].clone();
    assert!(!main(&base).contains(as_written));
    for url in ["https://pets.example/v0.1", "https://pets.example/v3/all"] {
        base["servers"][0]["url"] = json!(url);
        assert!(main(&base).contains(as_written), "{url}");
    }
    let mut mixed = mixed;
    mixed["servers"] = json!([]);
    assert!(main(&mixed).contains(as_written));
}

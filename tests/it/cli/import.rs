//! The command `import`: what it makes of documents that others wrote, and of those that somebody wrote to get code into a
//! project.

mod access;
mod addresses;
mod answers;
mod bodies;
mod circles;
mod compiled;
mod created;
mod credentials;
mod headers;
mod hostile;
mod keys;
mod linked;
mod listed;
mod media_type;
mod meeting;
mod members;
mod numbers;
mod own;
mod pages;
mod paths;
mod patterns;
mod query;
#[cfg(unix)]
mod script;
mod secrets;
mod verbs;
mod words;

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};

use super::{run, told, tool};
use crate::support::Folder;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Imports a document, with these arguments besides.
fn import(folder: &Folder, document: &Value, arguments: &[&str]) -> (i32, String, String) {
    fs::write(folder.path().join("document.json"), document.to_string()).expect("a file");
    let mut command = tool();
    command.current_dir(folder.path()).args(["import", "document.json"]);
    told(run(command, arguments, ""))
}

/// Returns the report on a document.
fn report(document: &Value) -> Value {
    let folder = Folder::made("import-");
    let (_, text, errors) = import(&folder, document, &["--json"]);
    assert_eq!(errors, "");
    serde_json::from_str(&text).expect("JSON")
}

/// Returns the files that a document is imported as, with the names that they have in the project.
fn written(document: &Value, answers: Option<&Value>) -> BTreeMap<String, String> {
    let folder = Folder::made("import-");
    let mut arguments = vec!["--out", "imported", "--path", ROOT];
    if let Some(answers) = answers {
        fs::write(folder.path().join("answers.json"), answers.to_string()).expect("a file");
        arguments.extend(["--answers", "answers.json"]);
    }
    let (code, _, errors) = import(&folder, document, &arguments);
    assert!(code < 2 && errors.is_empty(), "{errors}");
    let mut files = BTreeMap::new();
    collect(&folder.path().join("imported"), "", &mut files);
    files
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let own = entry.file_name().into_string().expect("a name");
        let name = if name.is_empty() { own } else { format!("{name}/{own}") };
        if entry.path().is_dir() {
            collect(&entry.path(), &name, files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).expect("a text"));
        }
    }
}

/// Returns a document with these paths and schemas.
fn document(paths: &Value, schemas: &Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1" },
        "servers": [{ "url": "https://pets.example/v1" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": { "type": "oauth2", "flows": {} },
                "badge": { "type": "apiKey", "in": "header", "name": "X-Badge" },
                "query": { "type": "apiKey", "in": "query", "name": "size" },
            },
        },
    })
}

/// Returns an answer of this schema.
fn answer(schema: &Value) -> Value {
    json!({ "200": { "description": "ok", "content": { "application/json": { "schema": schema } } } })
}

#[test]
fn what_a_document_decides_is_taken_over() {
    let pet = json!({
        "type": "object",
        "required": ["petName", "kind"],
        "properties": {
            "id": { "type": "integer", "readOnly": true },
            "petName": { "type": "string", "minLength": 1, "maxLength": 40, "description": "Its name." },
            "kind": { "type": "string", "enum": ["dog", "big-cat"] },
            "weight": { "type": "number", "minimum": 0, "maximum": 90.5, "exclusiveMaximum": true },
            "tags": {
                "type": "array", "maxItems": 5, "uniqueItems": true,
                "items": { "type": "string", "pattern": "^[a-z]{1,9}$" },
            },
            "mail": { "type": "string", "format": "email" },
        },
    });
    let document = document(
        &json!({
            "/pets": { "post": {
                "operationId": "addPet", "tags": ["pets"], "summary": "Adds a pet", "deprecated": true,
                "security": [{ "token": ["pets:write"] }],
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } } },
                "responses": answer(&json!({ "$ref": "#/components/schemas/Pet" })),
            } },
            "/pets/{petId}": { "delete": {
                "operationId": "removePet", "tags": ["pets"], "security": [{ "badge": [] }, { "token": [] }],
                "parameters": [{
                    "name": "petId", "in": "path", "required": true,
                    "schema": { "type": "integer", "minimum": 1, "maximum": 9 },
                }],
                "responses": { "204": { "description": "gone" } },
            } },
            "/ping": { "get": {
                "operationId": "ping", "security": [],
                "responses": answer(&json!({ "type": "object", "properties": { "ok": { "type": "boolean" } } })),
            } },
        }),
        &json!({ "Pet": pet }),
    );
    let files = written(&document, None);
    let pets = &files["src/pets.rs"];
    for wanted in [
        "#[input(name = \"petName\", min_len = 1, max_len = 40, text)]",
        "/// Its name.",
        "#[input(range = 0.0..90.5)]",
        "#[input(items = 0..=5, unique, each(pattern = \"^[a-z]{1,9}$\"))]",
        "pub(crate) mail: Option<Email>",
        "#[value(name = \"big-cat\")]\n    BigCat,",
        "scope = \"pets:write\"",
        "role = Role::Member",
        "by = [Badge, Bearer]",
        "deprecated(since = \"",
        "/// Adds a pet\n#[post(",
        "-> Performed<Pet>",
        "Unowned(pet_id): Unowned<PetId>",
    ] {
        assert!(pets.contains(wanted), "{wanted}\n{pets}");
    }
    // What is only answered is not taken in.
    let input = pets.split("struct PetInput").nth(1).expect("an input");
    assert!(!input.split('}').next().expect("a struct").contains(" id:"), "{pets}");
    assert!(files["src/keys.rs"].contains("range = 1..=9"), "{}", files["src/keys.rs"]);
    assert!(files["src/credentials.rs"].contains("ApiKey::in_header(\"x-badge\")"));
    assert!(files["src/ping.rs"].contains("public = \""), "{}", files["src/ping.rs"]);
    for (name, text) in &files {
        assert!(text.lines().count() <= 300, "{name}");
    }
}

#[test]
fn what_a_document_leaves_open_is_left_out_and_an_answer_fills_it() {
    let document = document(
        &json!({ "/notes/{id}": { "put": {
            "operationId": "putNote",
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } } },
            "responses": answer(&json!({ "$ref": "#/components/schemas/Note" })),
        } } }),
        &json!({ "Note": { "type": "object", "required": ["text", "size", "tags", "any"], "properties": {
            "text": { "type": "string" },
            "size": { "type": "integer", "format": "int32", "minimum": 1 },
            "tags": { "type": "array", "items": { "type": "string" } },
            "any": {},
        } } }),
    );
    let files = written(&document, None);
    let notes = &files["src/notes.rs"];
    for wanted in [
        "#[view(NoteView, fields(text, size, tags, any))]",
        "#[input(text)]\n    pub(crate) text: String",
        "#[input(range = 1..)]\n    pub(crate) size: i32",
        "#[input(each(text))]\n    pub(crate) tags: Vec<String>",
    ] {
        assert!(notes.contains(wanted), "{wanted}\n{notes}");
    }
    assert!(!notes.contains("role =") && !notes.contains("max_len"), "{notes}");
    assert!(files["src/keys.rs"].contains("unowned = \"\""));
    let main = &files["src/main.rs"];
    assert!(main.contains("secure_api::question!(") && !main.contains("limit ="), "{main}");
    let answers = json!({
        "role": "clerk", "limit": 60, "unowned": "notes are for all clerks", "text": 500, "items": 20,
        "number": [0, 1000], "free": [4096, 4, 50],
        "allow": { "NoteInput.text": "plain_secret: it is none of anybody's" },
    });
    let files = written(&document, Some(&answers));
    let (notes, main) = (&files["src/notes.rs"], &files["src/main.rs"]);
    for wanted in [
        "#[view(NoteView, role = Role::Clerk, fields(text, size, tags, any))]",
        "#[input(max_len = 500, text, allow(plain_secret, reason = \"it is none of anybody's\"))]",
        "#[input(range = 1..=1000)]",
        "#[input(items = 0..=20, each(max_len = 500, text))]",
        "role = Role::Clerk",
    ] {
        assert!(notes.contains(wanted), "{wanted}\n{notes}");
    }
    assert!(files["src/keys.rs"].contains("unowned = \"notes are for all clerks\", max_len = 255"));
    for wanted in ["limit = Limit::per_principal(60).per_minute()", "FreeJson<4096, 4, 50>"] {
        assert!(main.contains(wanted), "{wanted}\n{main}");
    }
}

#[test]
fn what_cannot_be_said_is_a_comment_with_its_reason_and_is_counted() {
    let ok = answer(&json!({ "type": "object", "properties": { "a": { "type": "boolean" } } }));
    let overlapping = json!({ "oneOf": [
        { "type": "object", "required": ["a"], "properties": { "a": { "type": "string" } } },
        { "type": "object", "required": ["a"], "properties": {
            "a": { "type": "string", "maxLength": 3 },
            "b": { "type": "string" },
        } },
    ] });
    let document = document(
        &json!({
            "/fine": { "get": { "responses": ok } },
            "/keyed": { "get": { "security": [{ "query": [] }], "responses": ok } },
            "/elsewhere": { "get": { "responses": answer(&json!({ "$ref": "other.json#/Pet" })) } },
            "/lost": { "get": { "responses": answer(&json!({ "$ref": "#/components/schemas/Nobody" })) } },
            "/read": { "get": { "requestBody": { "content": { "application/json": { "schema": {} } } }, "responses": ok } },
            "/a%20b": { "get": { "responses": ok } },
            "/unions": { "post": {
                "requestBody": { "content": { "application/json": { "schema": overlapping } } }, "responses": ok,
            } },
            "/xml": { "post": { "requestBody": { "content": { "application/xml": { "schema": {} } } }, "responses": ok } },
            "/Fine": { "get": { "responses": ok } },
        }),
        &json!({}),
    );
    let report = report(&document);
    assert_eq!(
        (&report["operations"], &report["declared"], &report["hatch"]),
        (&json!(9), &json!(2), &json!(1))
    );
    let reason = |operation: &str| {
        let lists = [&report["not"], &report["by_hatch"]];
        let mut left = lists.iter().flat_map(|list| list.as_array().expect("a list"));
        let one =
            left.find(|one| one["operation"] == operation).expect("an operation that is left");
        one["reason"].as_str().expect("a reason").to_owned()
    };
    for (operation, part) in [
        ("GET /keyed", "in the query"),
        ("GET /elsewhere", "another file"),
        ("GET /lost", "what is not there"),
        ("GET /read", "has a body"),
        ("GET /a%20b", "an escape"),
        ("POST /xml", "XML"),
        ("GET /Fine", "capital letters"),
    ] {
        let reason = reason(operation);
        assert!(reason.contains(part), "{operation}: {reason}");
    }
    let files = written(&document, None);
    let comments = &files["src/left_out.rs"];
    assert!(
        comments.contains(
            "// GET /keyed\n// Not declared: credentials stand in the query under a name"
        ),
        "{comments}"
    );
    let unions = &files["src/unions.rs"];
    assert!(
        unions.contains("#[input(untagged, ordered, reason = \"the document has forms"),
        "{unions}"
    );
    assert!(files["src/xml.rs"].contains("allow(extractor, reason = \"the body is XML\")"));
}

#[test]
fn a_folder_with_something_in_it_and_a_document_that_is_none_are_refused() {
    let folder = Folder::made("import-");
    let one = document(&json!({ "/a": { "get": { "responses": {} } } }), &json!({}));
    fs::create_dir(folder.path().join("full")).expect("a folder");
    fs::write(folder.path().join("full/mine"), "mine").expect("a file");
    let (code, text, errors) = import(&folder, &one, &["--out", "full", "--path", ROOT]);
    assert!(code == 2 && text.is_empty() && errors.contains("full is not empty"), "{errors}");
    assert_eq!(fs::read_dir(folder.path().join("full")).expect("a folder").count(), 1);
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    assert_eq!(import(&folder, &one, &["--out", "empty", "--path", ROOT]).0, 1);
    let (code, _, errors) = import(&folder, &json!({ "swagger": "2.0" }), &[]);
    assert!(code == 2 && errors.contains("Swagger 2") && errors.contains("help"), "{errors}");
    let (code, _, errors) = import(&folder, &document(&json!({}), &json!({})), &[]);
    assert!(code == 2 && errors.contains("no operations to import"), "{errors}");
    fs::write(folder.path().join("answers.json"), r#"{ "rolle": "a" }"#).expect("a file");
    let arguments = ["--out", "new", "--path", ROOT, "--answers", "answers.json"];
    let (code, _, errors) = import(&folder, &one, &arguments);
    assert!(code == 2 && errors.contains("rolle") && errors.contains("`role`"), "{errors}");
    assert!(!folder.path().join("new").exists());
}

//! Documents that somebody wrote to get code into a project, or to have the program never end.

use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{answer, document, report, written};

#[test]
fn documents_without_end_end() {
    // Schemas in schemas, as deep as the reader of JSON goes; a circle of references; objects that contain themselves.
    let mut deep = json!({ "type": "string" });
    for _ in 0..50 {
        deep = json!({ "type": "array", "items": deep });
    }
    let parts: Vec<Value> = (0..500)
        .map(|number| json!({ "$ref": format!("#/components/schemas/P{}", number % 7) }))
        .collect();
    let mut schemas = json!({
        "Deep": deep,
        "A": { "$ref": "#/components/schemas/B" },
        "B": { "$ref": "#/components/schemas/A" },
        "Tree": { "type": "object", "properties": {
            "left": { "$ref": "#/components/schemas/Tree" },
            "all": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } },
        } },
        "Self": { "allOf": [
            { "$ref": "#/components/schemas/Self" },
            { "type": "object", "properties": { "a": { "type": "boolean" } } },
        ] },
        "Either": { "oneOf": [
            { "$ref": "#/components/schemas/Either" },
            { "type": "object", "required": ["x"], "properties": { "x": { "$ref": "#/components/schemas/Either" } } },
        ] },
    });
    for number in 0..7 {
        schemas[format!("P{number}")] = json!({ "allOf": parts });
    }
    let mut paths = json!({});
    for name in ["Deep", "A", "Tree", "Self", "Either", "P0"] {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        paths[format!("/{}", name.to_lowercase())] = json!({ "post": {
            "requestBody": { "content": { "application/json": { "schema": schema } } },
            "responses": answer(&schema),
        } });
    }
    let document = document(&paths, &schemas);
    let report = report(&document);
    assert_eq!(report["operations"], 6);
    let left = report["not"].as_array().expect("a list");
    let deep = left.iter().find(|one| one["operation"] == "POST /deep").expect("what is deep");
    assert_eq!(deep["reason"], "a schema is nested too deep");
    let files = written(&document, None);
    let tree = &files["src/tree.rs"];
    assert!(
        tree.contains("left: Option<Box<TreeInput>>") && tree.contains("Vec<Box<TreeInput>>"),
        "{tree}"
    );
}

// A few schemas have a sum for each set of them: those with the one that names itself and the next, at whatever distance.
#[test]
fn sums_of_schemas_without_end_end() {
    let of = |number: u32| json!({ "$ref": format!("#/components/schemas/S{number}") });
    let mut schemas = json!({});
    for number in 0..10 {
        let next = of((number + 1).min(9));
        let mut members = match number {
            0 => json!({ "a": { "allOf": [of(0), next] }, "b": of(0) }),
            _ => json!({ "a": next, "b": next }),
        };
        for further in 0..100 {
            members[format!("m{number}x{further}")] = json!({ "type": "boolean" });
        }
        schemas[format!("S{number}")] = json!({ "type": "object", "properties": members });
    }
    let paths = json!({ "/sums": { "post": {
        "requestBody": { "content": { "application/json": { "schema": of(0) } } },
        "responses": answer(&json!({ "type": "boolean" })),
    } } });
    let report = report(&document(&paths, &schemas));
    assert_eq!(report["not"][0]["reason"], "a schema has too many parts or forms", "{report}");
}

/// The places of a document where somebody may choose a text.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Names of items, and comments: operations, tags, schemas, schemes of credentials, descriptions.
    Item,
    /// Names of members: parameters, properties and listed values.
    Member,
    /// Texts of the wire that are no member: the server, header fields of the answer, patterns.
    Wire,
    /// A scope.
    Scope,
}

use Place::{Item, Member, Scope, Wire};

/// The places that have the text, of one document after the other. What an operation cannot have leaves all of it out, so a text that
/// is everywhere would seldom be written.
const DOCUMENTS: [&[Place]; 5] =
    [&[Item, Member, Wire, Scope], &[Item, Member, Wire], &[Item], &[Member], &[Wire]];

/// Returns a document in which each text that somebody may choose in these places is this one.
fn hostile(text: &str, places: &[Place]) -> Value {
    let at = |place, otherwise| if places.contains(&place) { text } else { otherwise };
    let (item, scheme, member) = (at(Item, "Note"), at(Item, "key"), at(Member, "size"));
    let (wire, header) = (at(Wire, "^[a-z]+$"), at(Wire, "x-total"));
    let name = member.replace(['/', '{', '}'], "");
    let path = format!("/a/{{{name}}}");
    let pattern = json!({ "type": "string", "pattern": wire });
    let words = json!({ "type": "string", "enum": [member, "b"] });
    let reference = item.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    let reference = format!("#/components/schemas/{reference}");
    let scopes: &[&str] = if places.contains(&Scope) { &[text] } else { &[] };
    let shown = json!({
        "type": "object", "title": item, "properties": { member: { "type": "string", "description": item } },
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": item, "description": item, "version": item },
        "servers": [{ "url": format!("https://a.example/{}", at(Wire, "v1")) }],
        "paths": {
            path: { "post": {
                "operationId": item, "summary": item, "description": item, "tags": [item],
                "security": [{ scheme: scopes }],
                "parameters": [
                    { "name": name, "in": "path", "required": true, "description": item, "schema": pattern },
                    { "name": member, "in": "query", "description": item, "schema": words },
                    { "name": member, "in": "header", "description": item, "schema": { "type": "string" } },
                    { "name": member, "in": "cookie", "schema": { "type": "string" } },
                ],
                "requestBody": { "content": { "application/json": { "schema": { "$ref": reference } } } },
                "responses": { "200": {
                    "description": item, "headers": { header: { "schema": { "type": "string" } } },
                    "content": { "application/json": { "schema": shown } },
                } },
            } },
        },
        "components": {
            "schemas": { item: { "type": "object", "description": item, "required": [member], "properties": {
                member: { "description": item, "oneOf": [
                    { "title": item, "type": "object", "required": ["x"], "properties": { "x": { "const": member } } },
                    { "title": "b", "type": "object", "required": ["x"], "properties": { "x": { "const": "b" } } },
                ] },
                "list": { "type": "array", "items": { "type": "string", "const": member } },
            } } },
            "securitySchemes": { scheme: {
                "type": "apiKey", "in": "header", "name": at(Wire, "x-key"), "description": item,
            } },
        },
    })
}

/// Asserts that each file of a project is Rust that has nothing but what import writes: no item and no call that a text made.
fn assert_harmless(text: &str, places: &[Place]) {
    let files = written(&hostile(text, places), None);
    // Whatever an item is called, it is written.
    assert!(places != [Item] || !files.contains_key("src/left_out.rs"), "{text:?}: {files:?}");
    for (name, text) in files {
        if Path::new(&name).extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        for item in &file.items {
            let known = match item {
                syn::Item::Struct(_)
                | syn::Item::Enum(_)
                | syn::Item::Use(_)
                | syn::Item::Mod(_) => true,
                syn::Item::Impl(block) => block.trait_.is_some(),
                syn::Item::Type(of) => of.ident == "FreeValue" || of.ident == "FreeObjectValue",
                syn::Item::Macro(of) => {
                    let path = &of.mac.path;
                    path.is_ident("compile_error")
                        || path.segments.last().is_some_and(|last| last.ident == "defaults")
                }
                syn::Item::Fn(of) => {
                    let called = quote::ToTokens::to_token_stream(&of.block).to_string();
                    called == "{ crate :: unwritten () }"
                        || of.sig.ident == "main"
                        || of.sig.ident == "unwritten"
                }
                _ => false,
            };
            assert!(known, "{name}: {}", quote::ToTokens::to_token_stream(item));
        }
        assert!(!text.contains("evil ("), "{name}\n{text}");
    }
}

#[test]
fn no_text_of_a_document_becomes_code() {
    for text in [
        "\"; fn evil() {} //",
        "*/ fn evil() {} /*",
        "a\nfn evil() {}",
        "a\r\n#![feature(x)]",
        "\u{2028}fn evil() {}",
        "\u{202e}} fn evil() {",
        "\\",
        "\\\"",
        "r#\"x\"#",
        "self",
        "Self",
        "crate",
        "_",
        "",
        " ",
        "'a",
        "{}",
        "{x",
        "$(evil)",
        "String",
        "Role",
        "Option",
        "main",
        "unwritten",
        "keys",
        "shared",
        "../../../etc/passwd",
        "a/b",
        "con",
        "🦀",
        "é",
        "fn evil() {}",
        "]) fn evil() {} #[x(",
        "secure_api::question!(evil())",
        "compile_error!()",
        "v1",
        "{{evil}}",
    ] {
        DOCUMENTS.iter().for_each(|places| assert_harmless(text, places));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_that_anybody_thinks_of_becomes_code(text in "\\PC{0,12}|[\"\\\\/*{}()\\[\\]#!;\n\r\t'$<>:a-zA-Z0-9_ ]{0,24}") {
        DOCUMENTS.iter().for_each(|places| assert_harmless(&text, places));
    }
}

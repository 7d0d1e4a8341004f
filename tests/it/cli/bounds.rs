//! Documents that are written to keep a command busy, or to end it: each is read in time, or refused with the bound that it is beyond.

use std::fs;

use serde_json::{Value, json};

use super::{
    clean::{changed, clean},
    run, told, tool,
    traffic::line,
};
use crate::support::folder::Folder;

/// Returns a document whose schema is a chain of so many references, which ends.
fn chain(count: u32) -> Value {
    let mut document = clean();
    let schemas = &mut document["components"]["schemas"];
    for link in 1..count {
        schemas[format!("S{link}")] =
            json!({ "$ref": format!("#/components/schemas/S{}", link + 1) });
    }
    schemas[format!("S{count}")] = schemas["Note"].take();
    schemas["Note"] = json!({ "$ref": "#/components/schemas/S1" });
    document
}

/// Runs each command that reads a document, and returns its codes and errors.
fn commands(text: &str) -> [(i32, String); 3] {
    let folder = Folder::made("bounds-");
    let file = folder.path().join("openapi.json");
    fs::write(&file, text).expect("a file");
    let log = folder.path().join("access.log");
    fs::write(&log, line("192.0.2.1", 1, "GET /v1/notes", 200)).expect("a file");
    let [file, log] = [file, log].map(|file| file.display().to_string());
    let all: [&[&str]; 3] = [
        &["lint", &file, "--json", "--fail-on", "never"],
        &["diff", &file, &file, "--json"],
        &["inventory", &file, "--log", &log, "--fail-on", "never", "--json"],
    ];
    all.map(|arguments| {
        let (code, text, errors) = told(run(tool(), arguments, ""));
        assert_eq!(text.is_empty(), code == 2, "{arguments:?}: {errors}");
        (code, errors)
    })
}

#[test]
fn a_document_beyond_a_bound_is_refused_with_the_bound() {
    let path = |count: usize| {
        let mut document = clean();
        document["paths"]["/a".repeat(count)] = json!({ "get": {} });
        document.to_string()
    };
    let server = changed(
        clean(),
        &[("/servers/0/url", json!(format!("https://a.example{}", "/a".repeat(20_000))))],
    );
    let nested = |open: &str, close: &str| {
        let text = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        format!("{{\"openapi\":\"3.1.0\",\"paths\":{{\"/a\":{text}}}}}")
    };
    let yaml = format!("openapi: 3.1.0\npaths: {}", "[".repeat(5_000));
    for (text, wanted) in [
        (path(20_000), "has a path of 20000 segments"),
        (path(65), "has a path of 65 segments"),
        (server.to_string(), "has a server of "),
        (nested("[", "]"), "is nested too deep to be read"),
        (nested("{\"a\":", "}"), "is nested too deep to be read"),
        (yaml, "is nested too deep to be read"),
        (chain(32).to_string(), "has a reference that leads through 33 references"),
        // Each is followed once: looked at from each, they would be looked at for hours.
        (chain(100_000).to_string(), "has a reference that leads through 33 references"),
    ] {
        for (code, errors) in commands(&text) {
            assert_eq!(code, 2, "{wanted}: {errors}");
            assert!(errors.contains(wanted) && errors.contains("help: "), "{wanted}: {errors}");
        }
    }
    for text in [path(64), chain(31).to_string()] {
        assert_eq!(commands(&text), [0, 0, 0].map(|code| (code, String::new())));
    }
    // The one that refers to the chain is one of them, and what stands behind the last is looked at.
    let open =
        changed(chain(31), &[("/components/schemas/S31/properties/text/maxLength", Value::Null)]);
    let (code, text, _) = told(run(tool(), &["lint", "-"], &open.to_string()));
    assert!(code == 1 && text.contains("[open-string]"), "{text}");
}

// What is looked up by name is: of lists that were looked through for each of their members these would take a minute.
#[test]
fn long_lists_are_read() {
    const MANY: u32 = 15_000;

    let mut document = clean();
    let (mut parameters, mut properties) = (Vec::new(), json!({}));
    for number in 0..MANY {
        let schema = json!({ "type": "string", "maxLength": 9, "format": "uuid" });
        parameters.push(json!({ "name": format!("p{number}"), "in": "query", "schema": schema }));
        properties[format!("p{number}")] = json!({ "$ref": "#/components/schemas/Text" });
    }
    document["paths"]["/notes"]["get"]["parameters"] = json!(parameters);
    document["components"]["schemas"]["Text"] =
        json!({ "type": "string", "maxLength": 9, "format": "uuid" });
    document["components"]["schemas"]["Note"]["properties"] = properties;
    for (code, errors) in commands(&document.to_string()) {
        assert_eq!((code, &*errors), (0, ""));
    }
}

//! The script `check-import` itself: what it counts, which documents it takes for projects, what it takes for stricter, and how it
//! ends. A program stands for the compiler, and one for the project that it would make.

use std::{os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use super::*;

/// The names of the documents' providers. The script reads those whose hash has one of the digits that it is told.
const ALL: &str = "0123456789abcdef";

/// Stands for the compiler: each project of the workspace compiles.
const COMPILER: &str = r#"#!/bin/sh
for manifest in imported-*/Cargo.toml; do
    echo "{\"reason\": \"compiler-artifact\", \"manifest_path\": \"$PWD/$manifest\"}"
done
"#;

/// Stands for a project: its document is the one beside it.
const PROJECT: &str = r#"#!/bin/sh
mkdir -p "$3" && cp "$0.json" "$3/v1.json"
"#;

/// Returns a document of this many operations, each with one field of a query.
fn many(count: usize, limit: &Value) -> Value {
    let paths = (0..count).map(|number| {
        let pet = json!({ "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } });
        let get = json!({
            "operationId": format!("pets{number}"),
            "security": [],
            "parameters": [{ "name": "limit", "in": "query", "schema": limit }],
            "responses": answer(&pet),
        });
        (format!("/pets{number}"), json!({ "get": get }))
    });
    let mut document = document(&Value::Object(paths.collect()), &json!({}));
    document["servers"] = json!([]);
    document
}

/// Makes one operation of a document another one, which cannot be declared.
fn undeclared(document: &mut Value) {
    let path = &mut document["paths"]["/pets1"];
    *path = json!({ "trace": path["get"].take() });
}

/// A folder with documents, and with what stands for the compiler and the projects.
struct Check {
    folder: Folder,
}

impl Check {
    fn of(documents: &[(&str, Value)]) -> Self {
        let folder = Folder::made("check-");
        fs::create_dir(folder.path().join("documents")).expect("a folder");
        fs::create_dir_all(folder.path().join("target/debug")).expect("a folder");
        for (name, document) in documents {
            let file = folder.path().join("documents").join(name);
            fs::write(file, document.to_string()).expect("a file");
        }
        let check = Self { folder };
        check.program("cargo", COMPILER);
        check
    }

    fn program(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, text).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("permissions");
        file
    }

    /// Says which document a project has of itself.
    fn with_own(&self, number: usize, own: &Value) {
        let name = format!("target/debug/imported-{number:02}");
        self.program(&name, PROJECT);
        let file = self.folder.path().join(format!("{name}.json"));
        fs::write(file, own.to_string()).expect("a file");
    }

    /// Runs the script. Returns how it ended and all that it printed.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new("python3");
        command
            .arg(Path::new(ROOT).join("scripts/check-import"))
            .arg(self.folder.path().join("documents"))
            .args(["--half", ALL])
            .env("SECURE_API", tool().get_program())
            .env("CARGO", self.folder.path().join("cargo"))
            .env("CARGO_TARGET_DIR", self.folder.path().join("target"));
        let (code, text, errors) = told(run(command, arguments, ""));
        (code, text + &errors)
    }
}

/// Returns what a project that is made of one schema of a parameter differs by, where its own is another one.
fn compared(schema: &Value, own: &Value) -> (i32, String) {
    let check = Check::of(&[("pets.json", many(10, schema))]);
    check.with_own(0, &many(10, own));
    check.run(&["--check", "1", "--goal", "0"])
}

#[test]
fn a_pattern_of_more_letters_is_not_stricter() {
    let of = |pattern: &str| json!({ "type": "string", "maxLength": 9, "pattern": pattern });
    for (own, code) in [
        ("^[a-c]+$", 0),
        ("^[a-z]+$", 0),
        ("^[a-z0-9]+$", 1),
        ("^[a-z]*$", 1),
        ("^(?=[a-f])[a-z]+$", 0),
    ] {
        let (found, text) = compared(&of("^[a-z]+$"), &of(own));
        assert_eq!(found, code, "{own}: {text}");
    }
    // What the original takes away is taken away.
    let conditioned = of("^(?=[a-f])[a-z]+$");
    assert_eq!(compared(&conditioned, &of("^[a-z]+$")).0, 1);
    assert_eq!(compared(&conditioned, &of("^(?=[a-f])[a-c]+$")).0, 0);
    // White space that is not in ASCII is none of `\\S`.
    assert_eq!(compared(&of("^\\S+$"), &of("^[^\\t-\\r ]+$")).0, 1);
    assert_eq!(compared(&of("^\\s+$"), &of("^[\\t-\\r ]+$")).0, 0);
}

#[test]
fn credentials_that_let_nobody_in_any_more_are_not_stricter() {
    let of = |security: &Value| {
        let mut document = many(10, &json!({ "type": "integer" }));
        document["security"] = security.clone();
        for item in document["paths"].as_object_mut().expect("paths").values_mut() {
            item["get"].as_object_mut().expect("an operation").remove("security");
        }
        document
    };
    for (own, other, code) in [
        (json!({ "badge": [] }), json!({ "badge": [], "token": [] }), 0),
        (json!({ "badge": ["a"] }), json!({ "badge": ["a"], "token": [] }), 0),
        // Whoever has both and not that scope was let in.
        (json!({ "badge": ["a"] }), json!({ "badge": [], "token": [] }), 1),
        (json!({ "badge": [] }), json!({ "token": [] }), 1),
    ] {
        let check = Check::of(&[("pets.json", of(&json!([own, other])))]);
        check.with_own(0, &of(&json!([own])));
        let (found, text) = check.run(&["--check", "1", "--goal", "0"]);
        assert_eq!(found, code, "{own} {other}: {text}");
    }
}

#[test]
fn a_query_that_is_written_into_a_path_is_one_of_parameters() {
    let limit = json!({ "type": "integer", "maximum": 50 });
    let (mut theirs, mut own) = (many(10, &limit), many(10, &limit));
    let item = theirs["paths"].as_object_mut().expect("paths").remove("/pets0");
    theirs["paths"]["/pets0?limit={limit}&page={page}#all"] = item.expect("an item");
    let parameters = &mut own["paths"]["/pets0"]["get"]["parameters"];
    parameters[0]["required"] = json!(true);
    parameters.as_array_mut().expect("a list").push(
        json!({ "name": "page", "in": "query", "required": true, "schema": { "type": "string" } }),
    );
    for (own, code) in [(own, 0), (many(10, &limit), 1)] {
        let check = Check::of(&[("pets.json", theirs.clone())]);
        check.with_own(0, &own);
        let (found, text) = check.run(&["--check", "1", "--goal", "0"]);
        assert_eq!(found, code, "{text}");
    }
}

#[test]
fn a_value_that_is_not_of_the_stated_type_is_read_as_one() {
    let theirs = json!({ "type": "string", "enum": [720, "full"] });
    let of = |values: Value| json!({ "type": "string", "enum": values });
    assert_eq!(compared(&theirs, &of(json!(["720", "full"]))).0, 0);
    assert_eq!(compared(&theirs, &of(json!(["720", "full", "1080"]))).0, 1);
}

#[test]
fn it_counts_what_is_declared_and_ends_by_the_goal() {
    let mut half = many(2, &json!({ "type": "string" }));
    undeclared(&mut half);
    let broken = json!({ "openapi": "3.0.3", "paths": {} });
    let check = Check::of(&[("half.json", half), ("broken.json", broken)]);
    let (code, text) = check.run(&[]);
    assert_eq!(code, 1, "{text}");
    for wanted in [
        "2 documents, 1 of them not read, 2 operations",
        "      1 50.00 % declared",
        "      1 50.00 % not   the verb is none of GET, QUERY, POST, PUT, PATCH and DELETE",
        "broken.json",
        "50.00 % are declared, below 95.0 %",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert_eq!(check.run(&["--goal", "50"]).0, 0);
}

#[test]
fn a_project_that_is_only_stricter_is_right_and_any_other_is_told() {
    let limit = json!({ "type": "integer", "maximum": 50 });
    // One is too small for a project, and one has an operation that is not declared.
    let mut left = many(10, &limit);
    undeclared(&mut left);
    let check = Check::of(&[
        ("pets.json", many(10, &limit)),
        ("small.json", many(9, &limit)),
        ("left.json", left),
    ]);
    check.with_own(0, &many(10, &json!({ "type": "integer", "maximum": 40 })));
    let (code, text) = check.run(&["--check", "1", "--goal", "0"]);
    assert!(text.contains("pets.json: type-checks"), "{text}");
    assert!(text.contains("10 differences, 0 of them are not stricter"), "{text}");
    assert!(text.contains("1 of 1 projects type-check, 1 are only stricter"), "{text}");
    assert_eq!(code, 0, "{text}");
    check.with_own(0, &many(10, &json!({ "type": "integer", "maximum": 60 })));
    let (code, text) = check.run(&["--check", "1", "--goal", "0"]);
    assert!(text.contains("   10 request-parameter-max-increased"), "{text}");
    assert!(text.contains("0 of 1 projects are right"), "{text}");
    assert_eq!(code, 1, "{text}");
    // There are not as many as asked for.
    check.with_own(0, &many(10, &limit));
    let (code, text) = check.run(&["--check", "2", "--goal", "0"]);
    assert!(text.contains("1 of 2 projects are right"), "{text}");
    assert_eq!(code, 1, "{text}");
}

//! The compiler's word on an imported project: an error for each question, and none once they are answered.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use serde_json::{Value, json};

use super::{ROOT, answer, document, import};
use crate::{
    cli::{project::environment, run, told},
    support::Folder,
};

/// Returns the document of a shop of notes, which leaves open whatever a document may.
fn open() -> Value {
    let note = json!({
        "type": "object", "required": ["title", "size", "tags"], "properties": {
            "title": { "type": "string" },
            "size": { "type": "integer" },
            "tags": { "type": "array", "items": { "type": "string", "maxLength": 20 } },
        },
    });
    let of = json!({ "$ref": "#/components/schemas/Note" });
    let id = json!([{ "name": "note", "in": "path", "required": true, "schema": { "type": "string", "maxLength": 9 } }]);
    let body = json!({ "content": { "application/json": { "schema": of } } });
    let photo = json!({ "content": { "multipart/form-data": { "schema": {
        "type": "object", "required": ["photo"], "properties": { "photo": { "type": "string", "format": "binary" } },
    } } } });
    let gone = json!({ "204": { "description": "done" } });
    document(
        &json!({
            "/notes/{note}": {
                "parameters": id,
                "get": { "operationId": "getNote", "responses": answer(&of) },
                "put": { "operationId": "putNote", "security": [{ "token": [] }], "requestBody": body, "responses": gone },
            },
            "/notes/{note}/photo": {
                "parameters": id,
                "put": { "operationId": "putPhoto", "security": [{ "token": [] }], "requestBody": photo, "responses": gone },
            },
        }),
        &json!({ "Note": note }),
    )
}

/// Imports it and type-checks the project. Returns the codes of the errors, each with how often it is told.
fn checked(folder: &Folder, name: &str, arguments: &[&str]) -> BTreeMap<String, usize> {
    let all = [&["--out", name, "--path", ROOT], arguments].concat();
    let (code, _, errors) = import(folder, &open(), &all);
    assert_eq!((code, &*errors), (0, ""));
    let project = folder.path().join(name);
    fs::copy(Path::new(ROOT).join("Cargo.lock"), project.join("Cargo.lock")).expect("a file");
    let mut command = Command::new(env!("CARGO"));
    environment(command.current_dir(project));
    let arguments = ["check", "--features", "unwritten", "--message-format", "short"];
    let (_, _, errors) = told(run(command, &arguments, ""));
    let mut codes = BTreeMap::new();
    for line in errors.lines().filter(|line| line.contains(": error")) {
        let code = line.find("SA").and_then(|at| line.get(at..at + 5)).unwrap_or(line);
        *codes.entry(code.to_owned()).or_default() += 1;
    }
    codes
}

#[test]
#[ignore = "compiles projects with all they depend on; scripts/test runs it"]
fn each_question_is_one_error_and_answers_leave_none() {
    let folder = Folder::made("import-");
    let codes = checked(&folder, "asked", &[]);
    let wanted = [
        ("SA001", 1), // how often
        ("SA101", 1), // who may call `get_note`
        ("SA103", 1), // whose a note is
        ("SA501", 1), // how long a title is
        ("SA502", 1), // how many tags
        ("SA503", 1), // how large a size
        ("SA526", 1), // how large a photo, and of which kinds
        ("SA712", 1), // who may see a note
    ];
    let wanted: BTreeMap<String, usize> =
        wanted.into_iter().map(|(code, count)| (code.to_owned(), count)).collect();
    assert_eq!(codes, wanted);
    let answers = json!({
        "role": "clerk", "limit": 60, "unowned": "notes are for all clerks", "text": 500, "items": 20,
        "number": [0, 1000], "bytes": 100_000, "kinds": ["png"],
    });
    fs::write(folder.path().join("answers.json"), answers.to_string()).expect("a file");
    assert_eq!(checked(&folder, "answered", &["--answers", "answers.json"]), BTreeMap::new());
}

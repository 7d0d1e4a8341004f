//! The project that `new` writes: it compiles, its tests pass, and its commands answer.

use std::{env, fs, path::Path, process::Command};

use serde_json::Value;

use super::{run, told, tool};
use crate::support::Folder;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs `new` in a folder.
fn new(folder: &Folder, arguments: &[&str]) -> (i32, String, String) {
    let mut command = tool();
    command.current_dir(folder.path()).arg("new").args(["--path", ROOT]);
    told(run(command, arguments, ""))
}

#[test]
fn a_project_is_written_once_and_nothing_is_written_over() {
    let folder = Folder::made("new-");
    let (code, text, errors) = new(&folder, &["my-notes", "--json"]);
    assert_eq!((code, &*errors), (0, ""));
    let text: Value = serde_json::from_str(&text).expect("JSON");
    let files = ["Cargo.toml", "src/main.rs", ".cargo/config.toml", ".gitignore", "README.md"];
    let wanted: Vec<String> = files.iter().map(|file| format!("my-notes/{file}")).collect();
    assert_eq!(text["files"], serde_json::json!(wanted));
    let read =
        |file: &str| fs::read_to_string(folder.path().join("my-notes").join(file)).expect("a file");
    for file in files {
        let text = read(file);
        for left in ["project-name", "ProjectApi", "SOURCE"] {
            assert!(!text.contains(left), "{file} has {left}");
        }
    }
    assert!(read("src/main.rs").contains("struct MyNotesApi;"));
    assert!(read(".cargo/config.toml").contains("api = "));
    fs::write(folder.path().join("my-notes/README.md"), "mine").expect("a file");
    let (code, _, errors) = new(&folder, &["my-notes"]);
    assert!(code == 2 && errors.contains("my-notes is there already"), "{errors}");
    assert_eq!(read("README.md"), "mine");
    let (code, _, errors) = new(&folder, &["my-notes", "--into", "there"]);
    assert_eq!((code, &*errors), (0, ""));
    assert!(folder.path().join("there/Cargo.toml").exists());
}

#[test]
fn names_and_folders_are_checked_before_anything_is_written() {
    let folder = Folder::made("new-");
    for (arguments, wanted) in [
        (&["My Notes"][..], "write `secure-api new my-notes`"),
        (&["fn"], "it is a word of Rust"),
        (&["../notes"], "write `secure-api new notes`"),
        (&["secure_api"], "a crate of the project has it"),
        (&["notes", "--into", "no/such/place"], "make that folder first"),
    ] {
        let (code, text, errors) = new(&folder, arguments);
        assert_eq!((code, &*text), (2, ""), "{arguments:?}");
        assert!(errors.contains(wanted), "{arguments:?}: {errors}");
    }
    let mut command = tool();
    command.current_dir(folder.path()).args(["new", "notes", "--path", "/tmp"]);
    assert_eq!(told(run(command, &[], "")).0, 2);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

/// States for a run of cargo that it has no network, and builds where the tests are built, and as they are: most of what a project
/// depends on is there then. What it has by other features is built beside that.
pub(super) fn environment(command: &mut Command) {
    let tests = env::current_exe().expect("the tests' own path");
    let target = tests.ancestors().nth(3).expect("target/debug/deps");
    command.env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true");
    if env::var_os("CARGO_PROFILE_DEV_DEBUG").is_none() {
        // As the workspace states it.
        command.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    }
}

/// Runs cargo in a project, with the versions of ours.
fn cargo(project: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO"));
    environment(command.current_dir(project));
    told(run(command, arguments, ""))
}

#[test]
#[ignore = "compiles a project with all it depends on; scripts/test runs it"]
fn a_new_project_compiles_without_a_warning_and_its_tests_and_commands_run() {
    let folder = Folder::made("new-");
    assert_eq!(new(&folder, &["my-notes"]).0, 0);
    let project = folder.path().join("my-notes");
    fs::copy(Path::new(ROOT).join("Cargo.lock"), project.join("Cargo.lock")).expect("a file");
    let (code, text, errors) = cargo(&project, &["test"]);
    assert_eq!(code, 0, "{text}\n{errors}");
    assert!(text.contains("2 passed"), "{text}");
    assert!(!errors.contains("warning"), "{errors}");
    let (code, text, errors) = cargo(&project, &["api", "routes"]);
    assert_eq!(code, 0, "{errors}");
    assert!(
        text.starts_with("MyNotesApi: 3 operations; versions v1; roles writer, moderator"),
        "{text}"
    );
    let (code, text, _) = cargo(&project, &["api", "lint"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("v1: 100 of 100"), "{text}");
    let (code, token, errors) =
        cargo(&project, &["api", "token", "--role", "writer", "--subject", "alice"]);
    assert_eq!((code, token.split('.').count()), (0, 3), "{errors}");
    assert!(project.join("development/key.pem").exists());
}

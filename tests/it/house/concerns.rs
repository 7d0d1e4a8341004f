//! The places of a concern: each has a module, a test, wrong programs and a page of its name.

use std::collections::BTreeSet;

use super::{files_under, is_test, only_listed, read, root, shown, source::Source};

/// The concerns, and whether the compiler tells mistakes of each.
const CONCERNS: &[(&str, bool)] = &[
    ("token", false),
    ("ledger", false),
    ("identity", true),
    ("session", false),
    ("role", true),
    ("object", true),
    ("limit", true),
    ("flow", true),
    ("input", true),
    ("view", true),
    ("error", true),
    ("version", true),
    ("docs", false),
    ("inventory", false),
    ("verb", true),
    ("serve", true),
    ("observe", false),
];

#[test]
fn each_concern_has_module_test_wrong_programs_and_page() {
    let mut gaps = BTreeSet::new();
    let summary = read("book/src/SUMMARY.md");
    let tests = read("tests/it/main.rs");
    for (name, compile_time) in CONCERNS {
        let exists = |path: String| root().join(path).exists();
        let module = exists(format!("secure-api-runtime/src/{name}.rs"))
            || exists(format!("secure-api-runtime/src/{name}/mod.rs"));
        let test = tests.lines().any(|line| line == format!("mod {name};"));
        let wrong_programs = !files_under(&format!("tests/ui/{name}"), ".rs").is_empty();
        let page =
            exists(format!("book/src/{name}.md")) && summary.contains(&format!("({name}.md)"));
        let wanted = [
            ("module", module),
            ("test", test),
            ("wrong programs", wrong_programs || !compile_time),
            ("page", page),
        ];
        gaps.extend(wanted.iter().filter(|(_, is)| !is).map(|(what, _)| format!("{name}: {what}")));
    }
    only_listed("concerns_not_yet.txt", &gaps);
}

#[test]
fn every_test_file_is_part_of_the_binary() {
    let main = read("tests/it/main.rs");
    for path in files_under("tests/it", ".rs") {
        let is_top = path.parent().is_some_and(|folder| folder.ends_with("tests/it"));
        let name =
            path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let named = main.lines().any(|line| line == format!("mod {name};"));
        assert!(!is_top || name == "main" || named, "{} is in no binary", shown(&path));
    }
}

#[test]
fn every_file_says_first_what_it_owns() {
    for folder in ["src", "secure-api-runtime/src", "secure-api-macros/src", "tests/it"] {
        for path in files_under(folder, ".rs") {
            let text = read(shown(&path));
            assert!(text.starts_with("//! "), "{} does not begin with `//!`", shown(&path));
        }
    }
}

#[test]
fn library_code_does_not_unwrap() {
    for folder in ["src", "secure-api-runtime/src"] {
        for path in files_under(folder, ".rs").iter().filter(|path| !is_test(path)) {
            let code = Source::read(path).code;
            for (number, line) in code.lines().enumerate() {
                assert!(!line.contains(".unwrap()"), "{}:{}: {line}", shown(path), number + 1);
            }
        }
    }
}

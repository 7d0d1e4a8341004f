//! The places of a concern: each of `ARCHITECTURE.md` has a module, a test, wrong programs and a page of its name.

use std::collections::BTreeSet;

use super::{files_under, is_test, only_listed, read, root, shown, source::Source};

/// The concerns of which the compiler tells mistakes, each with a folder of wrong programs.
const TOLD_BY_THE_COMPILER: &[&str] = &[
    "client", "error", "flow", "identity", "input", "limit", "object", "role", "serve", "verb",
    "version", "view",
];

/// The tests that are not called as their concern is, as `ARCHITECTURE.md` says.
const ELSEWHERE: &[(&str, &str)] = &[
    ("api_key", "tests/it/identity/api_key.rs"),
    ("client_certificate", "tests/it/identity/certificate.rs"),
    ("dpop", "tests/it/identity/dpop.rs"),
];

/// Returns the first column of the table of concerns.
fn concerns() -> Vec<String> {
    let text = read("ARCHITECTURE.md");
    let (_, table) = text.split_once("| concern | owns |").expect("the table of concerns");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| row.split('`').nth(1).map(str::to_owned)).collect()
}

#[test]
fn each_concern_has_module_test_wrong_programs_and_page() {
    let mut gaps = BTreeSet::new();
    let summary = read("book/src/SUMMARY.md");
    let tests = read("tests/it/main.rs");
    let concerns = concerns();
    assert!(concerns.len() > 20, "only {} concerns", concerns.len());
    for told in TOLD_BY_THE_COMPILER {
        assert!(concerns.iter().any(|name| name == told), "{told} is no concern");
    }
    for name in &concerns {
        let elsewhere = ELSEWHERE.iter().find(|place| place.0 == *name);
        let exists = |path: String| root().join(path).exists();
        let module = exists(format!("secure-api-runtime/src/{name}.rs"))
            || exists(format!("secure-api-runtime/src/{name}/mod.rs"));
        let test = match elsewhere {
            Some((_, path)) => exists((*path).to_owned()),
            None => tests.lines().any(|line| line == format!("mod {name};")),
        };
        let wrong_programs = !files_under(&format!("tests/ui/{name}"), ".rs").is_empty();
        let page =
            exists(format!("book/src/{name}.md")) && summary.contains(&format!("({name}.md)"));
        let wanted = [
            ("module", module),
            ("test", test),
            ("wrong programs", wrong_programs == TOLD_BY_THE_COMPILER.contains(&name.as_str())),
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

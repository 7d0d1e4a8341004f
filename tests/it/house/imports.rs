//! The order of imports: a concern imports only from those to its left, and neither crate knows the other's inside.

use std::collections::BTreeSet;

use super::{files_under, is_test, only_listed, read, root, shown, source::Source};

/// The modules of the runtime. Each imports only from those before it.
const ORDER: &[&str] = &[
    "weakened",
    "clock",
    "shape",
    "compose",
    "expiring",
    "named_file",
    "fingerprint",
    "secret",
    "base_url",
    "proxies",
    "reason",
    "nearest",
    "access_log",
    "rendered",
    "outbound",
    "sql",
    "error",
    "metrics",
    "observe",
    "role",
    "ledger",
    "identity",
    "token",
    "dpop",
    "client_certificate",
    "version",
    "verb",
    "limit",
    "behavior",
    "flow",
    "input",
    "value",
    "view",
    "object",
    "api_key",
    "session",
    "sign_in",
    "client",
    "route",
    "inventory",
    "docs",
    "contract",
    "serve",
    "manage",
    "config",
    "app",
    "testing",
];

#[test]
fn a_concern_imports_only_from_its_left() {
    let (mut homeless, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for path in files_under("secure-api-runtime/src", ".rs") {
        let name = concern_of(&path);
        // The crate's root lists everything, and a test in a sibling file may look at everything.
        if name == "lib" || is_test(&path) {
            continue;
        }
        let Some(place) = ORDER.iter().position(|other| *other == name) else {
            homeless.insert(name);
            continue;
        };
        for import in imports(&Source::read(&path).code) {
            let left = ORDER.iter().position(|other| *other == import);
            if import != name && left.is_none_or(|left| left > place) {
                wrong.insert(format!("{name} imports from {import}"));
            }
        }
    }
    assert!(homeless.is_empty(), "no place in the order of imports: {homeless:?}");
    only_listed("imports_not_yet.txt", &wrong);
}

/// Documents and tables are made from the model, so a fact that they tell is one that a tool can read. Its maker is the
/// only other reader of what is declared.
#[test]
fn documents_and_tables_read_the_model_alone() {
    let declaring = ["route", "shape", "role"];
    let (mut read, mut wrong) = (0, Vec::new());
    for folder in ["docs", "inventory"] {
        for path in files_under(&format!("secure-api-runtime/src/{folder}"), ".rs") {
            let name = shown(&path);
            let imported = imports(&Source::read(&path).code);
            let declared = imported.iter().filter(|import| declaring.contains(&&***import));
            let declared: Vec<_> = declared.collect();
            // What an app states about its documents makes none.
            if name.ends_with("/docs/settings.rs") {
                continue;
            }
            if name.contains("/inventory/made/") {
                read += declared.len();
            } else if !is_test(&path) && !declared.is_empty() {
                wrong.push(format!("{name} reads {declared:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "read the model: {wrong:?}");
    assert!(read >= 3, "the maker reads what is declared");
    let start = Source::read(&root().join("secure-api-runtime/src/app/verify.rs")).code;
    assert!(!imports(&start).contains(&"route".to_owned()), "app/verify.rs reads a route");
}

#[test]
fn the_macros_and_the_runtime_do_not_know_each_other() {
    assert!(!read("secure-api-macros/Cargo.toml").contains("secure-api-runtime"));
    assert!(!read("secure-api-runtime/Cargo.toml").contains("secure-api-macros"));
}

#[test]
fn generated_code_has_one_doorway() {
    for path in files_under("secure-api-macros/src", ".rs") {
        let code = Source::read(&path).code;
        for (at, _) in code.match_indices("::secure_api") {
            let name = &code[at + "::secure_api".len()..];
            assert!(name.starts_with("::__private"), "{} names more of the facade", shown(&path));
        }
    }
    for path in files_under("secure-api-runtime/src", ".rs") {
        let code = Source::read(&path).code;
        for (at, own) in code.match_indices("$crate") {
            let name = &code[at + own.len()..];
            assert!(name.starts_with("::__private"), "{} names more of the runtime", shown(&path));
        }
    }
}

/// Reads that a caller or a proof can be made up only in builds with debug assertions. These tests run with them, so it
/// is read.
#[test]
fn a_release_build_has_no_doorway_for_tests() {
    let folder = "secure-api-runtime/src";
    for (file, item, condition) in [
        ("testing/mod.rs", "mod doorway;", "#[cfg(debug_assertions)]"),
        ("lib.rs", "pub mod testing {", r#"#[cfg(all(feature = "testing", debug_assertions))]"#),
        (
            "token/claims.rs",
            "pub(crate) fn unsigned(",
            r#"#[cfg(all(feature = "testing", debug_assertions))]"#,
        ),
    ] {
        let text = read(format!("{folder}/{file}"));
        let before = text.lines().zip(text.lines().skip(1));
        let found: Vec<_> = before.filter(|(_, line)| line.trim().ends_with(item)).collect();
        assert!(
            matches!(&found[..], [(above, _)] if above.trim() == condition),
            "{file}: {found:?}"
        );
    }
}

/// Returns the concern that a file of the runtime belongs to.
fn concern_of(path: &std::path::Path) -> String {
    let inside = path.strip_prefix(root().join("secure-api-runtime/src")).unwrap_or(path);
    let first = inside.iter().next().map(|name| name.to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// Returns the modules that `crate::…` paths lead into, groups included.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    // `$crate` is written for whoever uses a macro, and leads nowhere from here.
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with('$')) {
        let rest = code[at + "crate::".len()..].trim_start();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group)),
            None => found.push(first_word(rest)),
        }
    }
    found
}

/// Returns the first word of each member of a group, up to its closing brace.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut starts = vec![0];
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    let words = starts.into_iter().map(|start| first_word(group[start..].trim_start()));
    words.filter(|word| !word.is_empty()).collect()
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn imports_are_read_out_of_groups_and_paths() {
    let code = "use crate::error::Problem;\nuse crate::{\n role::{A, b::C},\n token,\n};\nlet x = crate::clock::now(); $crate::app::go();";
    assert_eq!(imports(code), ["error", "role", "token", "clock"]);
}

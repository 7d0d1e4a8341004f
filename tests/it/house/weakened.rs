//! The stages that are weakened to see that `verify` notices: those in the code are those in the list and in the book.

use std::collections::BTreeSet;

use super::{files_under, read};

#[test]
fn each_stage_that_can_be_weakened_is_in_the_book() {
    let mut coded = BTreeSet::new();
    for path in files_under("secure-api-runtime/src", ".rs") {
        let text = read(&path);
        let named = text.split("weakened::is(\"").skip(1);
        coded.extend(named.filter_map(|rest| rest.split('"').next().map(str::to_owned)));
    }
    let list = read("tests/weakened.txt");
    let listed: BTreeSet<String> =
        list.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect();
    assert_eq!(coded, listed, "tests/weakened.txt names each stage");
    assert!(listed.len() >= 25, "{} stages", listed.len());
    let page = read("book/src/verify.md");
    let is_noticed = |row: &str| row.split('|').skip(2).any(|cell| cell.contains('`'));
    for stage in &listed {
        let row = page.lines().find(|line| line.contains(&format!("(`{stage}`)")));
        assert!(row.is_some_and(is_noticed), "{stage} has no row: ./scripts/weaken --bless");
    }
}

#[test]
fn each_check_is_in_the_book_with_its_promise() {
    let code = read("secure-api-runtime/src/testing/verify/check.rs");
    let page = read("book/src/verify.md");
    let texts = |line: &str| -> Option<(String, String)> {
        let mut parts = line.trim().split('"');
        let (name, id, _, promise) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        (!name.is_empty() && promise.ends_with('.')).then(|| (id.to_owned(), promise.to_owned()))
    };
    let (_, listed) = code.split_once("\nchecks! {").expect("the checks");
    let checks: Vec<_> = listed.lines().filter_map(texts).collect();
    assert!(checks.len() >= 40, "{} checks", checks.len());
    for (id, promise) in checks {
        assert!(page.contains(&format!("| `{id}` | {promise} |")), "{id} has no row in the book");
    }
}

/// A program whose stage can be weakened by its environment is in nobody's hands but the script's.
#[test]
fn nothing_but_the_script_weakens() {
    let text = read("secure-api-runtime/src/weakened.rs");
    let guard = "#[cfg(all(secure_api_weakened, debug_assertions))]\n";
    // The switch is in no package of those that are published: it stands beside the script.
    assert!(text.contains(&format!("{guard}#[path = \"../../scripts/weakened.rs\"]\nmod switch;")));
    assert!(text.contains(&format!("{guard}pub(crate) use switch::is;")));
    assert!(!text.contains("env::"), "the switch is in the crate");
    let root = read("Cargo.toml");
    let packed = root.lines().find(|line| line.starts_with("include = ")).expect("what is packed");
    assert!(!packed.contains("scripts"), "the facade would have the switch");
    // Nothing of the crate reads the variable.
    for path in files_under("secure-api-runtime/src", ".rs") {
        assert!(!read(&path).contains("SECURE_API_WEAKENED"), "{path:?}");
    }
    for manifest in ["Cargo.toml", "secure-api-runtime/Cargo.toml", "secure-api-macros/Cargo.toml"]
    {
        let text = read(manifest);
        let named = text.lines().filter(|line| line.contains("secure_api_weakened"));
        assert!(named.into_iter().all(|line| line.contains("check-cfg")), "{manifest}");
    }
}

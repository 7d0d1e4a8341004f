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

/// A program whose stage can be weakened by its environment is in nobody's hands but the script's.
#[test]
fn nothing_but_the_script_weakens() {
    let text = read("secure-api-runtime/src/weakened.rs");
    assert!(text.contains("#[cfg(all(secure_api_weakened, debug_assertions))]\npub(crate) fn is("));
    for manifest in ["Cargo.toml", "secure-api-runtime/Cargo.toml", "secure-api-macros/Cargo.toml"]
    {
        let text = read(manifest);
        let named = text.lines().filter(|line| line.contains("secure_api_weakened"));
        assert!(named.into_iter().all(|line| line.contains("check-cfg")), "{manifest}");
    }
}

//! The visibility of everything that can be written: the shop uses each key of a route, and each other key, rule, kind
//! of argument and typed value stands in a program that is compiled, in the shop, in a page of the book or in the
//! documentation.

use std::collections::BTreeSet;

use super::{files_under, read, shown};

/// Returns the keys of one list of the macros.
fn keys(list: &str) -> Vec<String> {
    let text = read("secure-api-macros/src/keys.rs");
    let start = text.find(&format!("const {list}:")).unwrap_or_else(|| panic!("no {list}"));
    let list = text[start..].split_once('=').expect("a value").1;
    let list = list.split_once(';').expect("an end").0;
    let keys: Vec<_> = list.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(!keys.is_empty(), "{list}");
    keys
}

/// Returns `true` if the word stands in the text by itself, as a key does: before a value, a list, a comma or the end.
fn has(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Returns the attributes in a program: what stands between `#[name(` and the end of the item's attributes.
fn attributes(program: &str, names: &[&str]) -> String {
    let mut found = String::new();
    for name in names {
        for (at, _) in program.match_indices(&format!("{name}(")) {
            let (mut depth, rest) = (0, &program[at + name.len()..]);
            for letter in rest.chars() {
                depth += i32::from(letter == '(') - i32::from(letter == ')');
                found.push(letter);
                if depth == 0 {
                    break;
                }
            }
            found.push('\n');
        }
    }
    found
}

fn text_of(folders: &[(&str, &str)]) -> String {
    let files = folders.iter().flat_map(|(folder, ending)| files_under(folder, ending));
    files.map(|path| read(shown(&path)) + "\n").collect()
}

#[test]
fn the_shop_uses_each_key_of_a_route() {
    let shop = text_of(&[("examples/shop", ".rs")]);
    let others = read("book/src/answer.md") + &read("book/src/input.md");
    let verbs = attributes(&shop, &["#[get", "#[post", "#[put", "#[patch", "#[delete"]);
    let unused: Vec<_> = keys("ROUTE")
        .into_iter()
        // The path of a crate under another name: `tests/renamed` is such a program. The shop has a contract of its own, so
        // what a contract of others needs is shown by the book.
        .filter(|key| {
            key != "crate"
                && !has(&verbs, key)
                && !others.contains(&format!("{key}("))
                && !others.contains(&format!("{key} ="))
        })
        .collect();
    assert!(unused.is_empty(), "the shop shows nobody how to write {unused:?}");
    for (what, needle) in [
        ("several limits", "limit = ["),
        ("limits by role", "limit(Role::"),
        ("no limit", "Limit::unlimited("),
        ("views by role", "view(Role::"),
        ("module defaults", "defaults! {"),
        ("a preview", "#[version(preview)]"),
        ("a field from a version on", "#[since("),
        ("a field until a version", "#[until("),
        ("a field of another role", "#[sensitive("),
        ("an object below another", "impl BelongsTo<"),
        ("an upload", "Upload<"),
        ("a merge patch", "Patch<"),
        ("a rule of its own", "check = "),
    ] {
        assert!(shop.contains(needle), "the shop shows nobody {what}: `{needle}`");
    }
}

#[test]
fn everything_that_can_be_written_is_in_a_program_that_is_compiled() {
    let programs = text_of(&[("examples", ".rs"), ("book/src", ".md"), ("tests/renamed", ".rs")]);
    let documentation = text_of(&[("src", ".rs"), ("secure-api-runtime/src", ".rs")]);
    let documentation =
        documentation.lines().filter_map(|line| line.trim_start().strip_prefix("///"));
    let documented = documentation.fold(programs, |text, line| text + line + "\n");
    let mut unseen = BTreeSet::new();
    for (list, places) in [
        ("RULES", &["#[input", "#[value", "each", "keys"][..]),
        ("DEPRECATED", &["deprecated"]),
        ("AFTER", &["after"]),
        ("API", &["#[api"]),
        ("OBJECT", &["#[object"]),
        ("VIEW", &["#[view"]),
        ("PROBLEM", &["#[problem"]),
        ("ROUTE_ALLOW", &["allow"]),
        ("API_ALLOW", &["allow"]),
    ] {
        let attributes = attributes(&documented, places);
        let missing = keys(list).into_iter().filter(|key| !has(&attributes, key));
        unseen.extend(missing.map(|key| format!("{key} of {list}")));
    }
    // What the prelude brings, a reader finds in use.
    let prelude = read("src/prelude.rs");
    let names = prelude.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let names = names.filter(|name| name.starts_with(|letter: char| letter.is_uppercase()));
    unseen.extend(names.filter(|name| !has(&documented, name)).map(str::to_owned));
    assert!(unseen.is_empty(), "no program shows {unseen:#?}");
}

//! The words for a rule that was broken: clients compare them, so the book has each, and no other.

use std::collections::BTreeSet;

use super::{files_under, read, source::Source};

/// The folders of what refuses a place of a request.
const FOLDERS: [&str; 4] = ["input", "object", "value", "view"];

/// The code that stands before such a word.
const BEFORE: [&str; 7] = [
    ".refuse(",
    "InvalidValue::new(",
    "InvalidValue::composed(",
    "Refusal::new(",
    "Refusal(",
    "refused(",
    "code: ",
];

/// Returns the words of the table in the book.
fn told() -> BTreeSet<String> {
    let page = read("book/src/error.md");
    let table = page.split_once("| `code` |").expect("a table of words").1;
    let table = table.split_once("\n\n").expect("an end").0;
    let first = table.lines().skip(2).filter_map(|row| row.split('|').nth(1));
    first.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// Returns the code of the files that refuse, with its texts.
fn sources() -> Vec<String> {
    let folders = FOLDERS.map(|folder| format!("secure-api-runtime/src/{folder}"));
    let files = folders.iter().flat_map(|folder| files_under(folder, ".rs"));
    files.map(|file| Source::read(&file).with_texts).collect()
}

#[test]
fn every_word_for_a_broken_rule_is_in_the_book() {
    let (told, sources) = (told(), sources());
    let mut said = BTreeSet::new();
    for (text, before) in sources.iter().flat_map(|text| BEFORE.map(|before| (text, before))) {
        let after =
            text.split(before).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
        let words = after.filter_map(|rest| rest.split('"').next());
        said.extend(
            words.filter(|word| !word.contains(|letter: char| !matches!(letter, 'a'..='z' | '-'))),
        );
    }
    assert!(said.len() > 20, "only {said:?}");
    let untold: Vec<_> = said.iter().filter(|word| !told.contains(**word)).collect();
    assert!(untold.is_empty(), "the table of `code` in error.md lacks {untold:?}");
    let unsaid = |word: &&String| !sources.iter().any(|text| text.contains(&format!("\"{word}\"")));
    let unsaid: Vec<_> = told.iter().filter(unsaid).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}

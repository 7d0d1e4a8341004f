//! The page of the standards: each item of the API Security Top 10 and of the ASVS, with its tests or the reason for which it has
//! none. `tests/standards.txt` is what is written by hand.

use std::{collections::BTreeMap, fmt::Write as _, path::PathBuf};

use super::{
    compare_or_bless,
    coverage::{State, states},
    files_under, read, root, shown,
};

const TABLE: &str = "tests/standards.txt";
const PAGE: &str = "book/src/standards.md";
const FILES: &str = "https://github.com/secure-api/secure-api/blob/main";

/// The requirements of each section of each chapter of the ASVS 5.0.0, as OWASP publishes them.
const ASVS: &[&[usize]] = &[
    &[2, 10, 12, 3, 3],
    &[3, 3, 5, 2],
    &[1, 3, 5, 8, 8, 1, 5],
    &[5, 5, 2, 4],
    &[1, 6, 3, 3],
    &[3, 12, 8, 6, 8, 4, 2, 4],
    &[3, 4, 2, 5, 3, 2],
    &[4, 4, 3, 2],
    &[3, 4],
    &[2, 3, 5, 16, 5, 2, 3],
    &[4, 5, 5, 4, 2, 2, 2],
    &[5, 2, 5],
    &[4, 6, 4, 7],
    &[2, 8, 3],
    &[5, 5, 7, 4],
    &[1, 5, 4, 3, 4],
    &[2, 8, 2],
];

/// Its requirements of level 1, 2 and 3.
const LEVELS: [usize; 3] = [70, 183, 92];

/// The words for an answer, in the order of the page's columns.
const ANSWERS: [&str; 5] = ["held", "in part", "yours", "not yet", "not here"];

/// One item of a standard, and the answer to it.
struct Item {
    id: String,
    /// `L1` to `L3`; nothing in the Top 10, which has none.
    level: String,
    words: String,
    /// Requirements of ours, tests and wrong programs.
    by: Vec<String>,
    /// One of `ANSWERS`.
    answer: &'static str,
    /// Empty where the item is held.
    reason: String,
}

/// A part of a standard: its name and its items.
struct Part {
    name: String,
    items: Vec<Item>,
}

fn parts() -> Vec<Part> {
    let text = read(TABLE);
    // A line that is indented further goes on with the one before it.
    let text = text.replace("\n    ", " ");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut parts: Vec<Part> = Vec::new();
    for line in lines {
        if let Some(name) = line.strip_prefix("== ") {
            parts.push(Part { name: name.to_owned(), items: Vec::new() });
            continue;
        }
        let items = &mut parts.last_mut().expect("a part above its items").items;
        let Some(below) = line.strip_prefix("  ") else {
            items.push(item(line));
            continue;
        };
        let item = items.last_mut().expect("an item above its answer");
        let (word, rest) = below.split_once(": ").unwrap_or_else(|| panic!("{TABLE}: {line}"));
        if word == "by" {
            item.by = rest.split(' ').map(str::to_owned).collect();
            continue;
        }
        let answer = ANSWERS[1..].iter().find(|answer| **answer == word);
        item.answer = answer.unwrap_or_else(|| panic!("{TABLE}: {word} is no answer"));
        item.reason = rest.to_owned();
    }
    parts
}

/// Reads the line of an item: its id, its level and its words.
fn item(line: &str) -> Item {
    let (id, rest) = line.split_once(' ').expect("an id and words");
    let is_level = |word: &str| matches!(word, "L1" | "L2" | "L3");
    let (level, words) =
        rest.split_once(' ').filter(|(word, _)| is_level(word)).unwrap_or(("", rest));
    let id = if level.is_empty() { id.to_owned() } else { format!("v5.0.0-{id}") };
    let [level, words] = [level, words].map(str::to_owned);
    Item { id, level, words, by: Vec::new(), answer: ANSWERS[0], reason: String::new() }
}

/// Returns the files in which a test may stand.
fn test_files() -> Vec<PathBuf> {
    let mut files = files_under("tests/it", ".rs");
    files.extend(files_under("secure-api-runtime/src", ".rs"));
    files.extend(files_under("secure-api-runtime/tests", ".rs"));
    files
}

/// Returns the file of a test that is named by its path, or of a wrong program.
fn file_of(files: &[PathBuf], name: &str) -> Option<String> {
    if name.contains('/') {
        let path = format!("tests/ui/{name}.rs");
        return root().join(&path).with_extension("stderr").exists().then_some(path);
    }
    let (module, test) = name.rsplit_once("::")?;
    let module = format!("/{}", module.replace("::", "/"));
    let ends = [format!("{module}.rs"), format!("{module}/mod.rs")];
    let of_module = |path: &&PathBuf| ends.iter().any(|end| shown(path).ends_with(end.as_str()));
    let found = files.iter().filter(of_module).find(|path| has_test(&read(shown(path)), test));
    found.map(|path| shown(path))
}

/// Returns `true` if a file has this function, and the attributes above it make it a test.
fn has_test(text: &str, name: &str) -> bool {
    let lines: Vec<_> = text.lines().map(str::trim_start).collect();
    let begins = |line: &&str| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.strip_prefix("fn ")
            .and_then(|line| line.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with('('))
    };
    let Some(at) = lines.iter().position(begins) else { return false };
    let above = lines[..at].iter().rev().take_while(|line| line.starts_with(['#', '/']));
    above.into_iter().any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
}

#[test]
fn each_item_of_the_standards_is_answered() {
    let parts = parts();
    let ids =
        |from: usize| parts[from..].iter().flat_map(|part| &part.items).map(|item| item.id.clone());
    let top_10: Vec<_> = (1..=10).map(|number| format!("API{number}:2023")).collect();
    assert_eq!(ids(0).take(10).collect::<Vec<_>>(), top_10);
    let mut asvs = Vec::new();
    for (chapter, sections) in ASVS.iter().enumerate() {
        for (section, requirements) in sections.iter().enumerate() {
            let place = format!("v5.0.0-{}.{}", chapter + 1, section + 1);
            asvs.extend((1..=*requirements).map(|number| format!("{place}.{number}")));
        }
    }
    assert_eq!(asvs.len(), 345);
    let apart = ids(1).zip(&asvs).find(|(id, should)| id != *should);
    assert_eq!(apart, None, "the first that is not the one that should stand there");
    assert_eq!(ids(1).count(), asvs.len());
    let of = |level: &str| {
        parts.iter().flat_map(|part| &part.items).filter(|item| item.level == level).count()
    };
    assert_eq!(["L1", "L2", "L3"].map(of), LEVELS);
}

/// An item is held by tests, and by requirements that tests hold; where it is not, there is a reason.
#[test]
fn an_item_is_held_by_what_proves_it() {
    let (files, states) = (test_files(), states());
    for item in parts().iter().flat_map(|part| &part.items) {
        let Item { id, by, answer, reason, .. } = item;
        let proven = matches!(*answer, "held" | "in part");
        assert_eq!(proven, !by.is_empty(), "{id} is {answer}");
        assert_eq!(*answer == "held", reason.is_empty(), "{id}: why is it {answer}?");
        let mut tests = 0;
        for name in by {
            if let Some(number) = requirement(name) {
                let state = states.get(&number).copied().unwrap_or(State::NotYet);
                let enough = if *answer == "held" { State::Held } else { State::InPart };
                assert!(state >= enough, "{id} is {answer}, and {name} is {state:?}");
            } else {
                tests += 1;
                assert!(
                    file_of(&files, name).is_some(),
                    "{id}: {name} is no test and no wrong program"
                );
            }
        }
        assert!(!proven || tests > 0, "{id} is {answer} by no test");
    }
}

fn requirement(name: &str) -> Option<u32> {
    name.strip_prefix('R')?.parse().ok()
}

#[test]
fn the_page_of_the_standards_is_what_the_table_makes_of_it() {
    let (parts, files) = (parts(), test_files());
    let before = read(PAGE);
    let (head, _) = before.split_once("<!-- made of tests/standards.txt -->").expect("a mark");
    let mut page = format!("{head}<!-- made of tests/standards.txt -->\n\n");
    write_counts(&mut page, &parts);
    for part in &parts {
        let _ = write!(
            page,
            "\n## {}\n\n| item | what | answer | by what, or why |\n|---|---|---|---|\n",
            part.name
        );
        for Item { id, level, words, by, answer, reason } in &part.items {
            let mut why: Vec<_> = if reason.is_empty() { Vec::new() } else { vec![reason.clone()] };
            let (numbers, tests): (Vec<_>, Vec<_>) =
                by.iter().partition(|name| requirement(name).is_some());
            if !numbers.is_empty() {
                let numbers: Vec<_> = numbers.iter().map(|number| number.as_str()).collect();
                why.push(format!("[{}](coverage.md)", numbers.join(", ")));
            }
            let link = |name: &String| {
                let file = file_of(&files, name).unwrap_or_else(|| panic!("{id}: {name}"));
                format!("[`{name}`]({FILES}/{file})")
            };
            why.extend(tests.into_iter().map(link));
            let id = format!("{id} {level}");
            let _ =
                writeln!(page, "| {} | {words} | {answer} | {} |", id.trim_end(), why.join("; "));
        }
    }
    compare_or_bless(PAGE, &page);
}

/// Writes how many items of each part have which answer.
fn write_counts(page: &mut String, parts: &[Part]) {
    let _ = writeln!(page, "| part | {} |\n|---|---:|---:|---:|---:|---:|", ANSWERS.join(" | "));
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for part in parts {
        let count = |answer: &&str| part.items.iter().filter(|item| item.answer == *answer).count();
        let counts = ANSWERS.map(|answer| (answer, count(&answer)));
        if part.name.starts_with("ASVS") {
            counts.iter().for_each(|(answer, count)| *all.entry(answer).or_default() += count);
        }
        let counts = counts.map(|(_, count)| count.to_string());
        let _ = writeln!(page, "| {} | {} |", part.name, counts.join(" | "));
    }
    let sums = ANSWERS.map(|answer| all.get(answer).copied().unwrap_or_default().to_string());
    let _ = writeln!(page, "| ASVS 5.0.0, all | {} |", sums.join(" | "));
    for level in ["L1", "L2", "L3"] {
        let items = || parts.iter().flat_map(|part| &part.items).filter(|item| item.level == level);
        let count = |answer: &str| items().filter(|item| item.answer == answer).count().to_string();
        let _ = writeln!(page, "| of these {level} | {} |", ANSWERS.map(count).join(" | "));
    }
}

#[test]
fn a_test_is_known_by_its_attribute() {
    let text = "// R1\n#[tokio::test(flavor = \"a\")]\nasync fn one() {}\nfn two() {}\n    /// It.\n    #[test]\n    fn three(a: u8) {}\n";
    let found = ["one", "two", "three", "thr"].map(|name| has_test(text, name));
    assert_eq!(found, [true, false, true, false]);
    assert_eq!(file_of(&test_files(), "limit/there_is_no_such_program"), None);
    assert_eq!(file_of(&test_files(), "limit::there_is_no_such_test"), None);
}

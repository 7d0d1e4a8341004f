//! The table of diagnostics: its order, its pages, and that whoever else says a code says the same.

use std::collections::BTreeSet;

use super::{files_under, is_test, only_listed, read, shown, source::Source};

#[path = "../../../secure-api-macros/src/message.rs"]
mod message;

pub(super) use message::{ALL, Message};

/// The practices, by the first digit of their codes, with the pages that explain them.
pub(super) const GROUPS: &[(char, &str, &[&str])] = &[
    ('0', "Grammar", &[]),
    ('1', "Token, role, object", &["token", "role", "object"]),
    ('2', "Serving, stores, roles of fields", &["serve", "object", "input"]),
    ('3', "Limit, flow", &["limit", "flow"]),
    ('4', "Error", &["error"]),
    ('5', "Input", &["input"]),
    ('6', "Version, docs, inventory, names of secrets", &["version", "docs", "inventory"]),
    ('7', "View", &["view"]),
    ('8', "Verb", &["verb"]),
    ('9', "Configuration", &["config"]),
];

#[test]
fn codes_are_unique_and_in_order_within_their_practice() {
    for (digit, name, _) in GROUPS {
        let codes: Vec<_> = group(*digit).map(|message| message.code).collect();
        assert!(codes.is_sorted_by(|one, next| one < next), "{name}: {codes:?}");
    }
    for Message { code, text, help } in ALL {
        let number = code.strip_prefix("SA").unwrap_or_default();
        assert!(number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        assert!(
            GROUPS.iter().any(|(digit, ..)| number.starts_with(*digit)),
            "{code} has no practice"
        );
        for line in [text, help] {
            assert!(!line.is_empty() && !line.contains('\n'), "{code}: each text is one line");
        }
    }
}

/// A reason is judged alike wherever it is stated: by the macros and by the runtime, which do not know each other.
#[test]
fn both_crates_judge_reasons_alike() {
    assert!(read("secure-api-macros/src/reason.rs") == read("secure-api-runtime/src/reason.rs"));
}

/// A status that a handler cannot answer with is refused by the derive and by the constructor.
#[test]
fn both_crates_refuse_the_same_statuses() {
    let derived = read("secure-api-macros/src/derive/error/status.rs");
    let derived = derived.split_once("const FIELDS").expect("a list").1;
    let derived = derived.split_once("];").expect("an end").0;
    let derived: Vec<_> = derived.split("\n    (").skip(1).map(|entry| &entry[..3]).collect();
    let written = read("secure-api-runtime/src/error/kind.rs");
    let written = written.split_once("!matches!(status, ").expect("a list").1;
    let written: Vec<_> = written.split_once(')').expect("an end").0.split(" | ").collect();
    assert_eq!(derived, written);
    assert_eq!(derived.len(), 6);
}

#[test]
fn a_message_is_filled_with_what_it_is_about() {
    for message in ALL {
        let rendered = message.render(&["A", "B", "C", "D", "E", "F"]);
        assert!(rendered.starts_with(message.code) && !rendered.contains("{}"), "{rendered}");
    }
}

/// Two wrong programs that are refused for it, at least; for what only the start can see, one of them is a test that
/// names the code.
#[test]
fn each_code_has_two_wrong_programs() {
    let outputs: Vec<_> =
        files_under("tests/ui", ".stderr").iter().map(|path| read(shown(path))).collect();
    let mut tests = String::new();
    for folder in ["tests/it", "secure-api-runtime"] {
        let files = files_under(folder, ".rs");
        let files = files.iter().filter(|path| is_test(path) && !shown(path).contains("it/house"));
        files.for_each(|path| tests.push_str(&read(shown(path))));
    }
    let start = start_codes();
    let mut gaps = BTreeSet::new();
    for Message { code, .. } in ALL {
        let said = format!("{code}:");
        let programs = outputs.iter().filter(|output| output.contains(&said)).count();
        let tested = start.contains(*code) && tests.contains(code);
        if programs + usize::from(tested) < 2 {
            gaps.insert((*code).to_owned());
        }
    }
    only_listed("codes_without_case.txt", &gaps);
}

/// A check on types or constants sits where the trait or function is, a start-up check where the app is built.
/// Its words are those of the table. A code that is said in several ways has one row that sums them up.
#[test]
fn what_the_runtime_says_is_in_the_table() {
    let said = everything_said();
    let mut missing = BTreeSet::new();
    let mut different = Vec::new();
    for Said { place, code, text, help } in &said {
        let Some(message) = ALL.iter().find(|message| message.code == code) else {
            missing.insert(code.clone());
            continue;
        };
        let ways: BTreeSet<_> =
            said.iter().filter(|other| other.code == *code).map(|other| &other.text).collect();
        if ways.len() == 1 && !fits(message.text, text) && !same_gist(message.text, text) {
            different.push(format!("{place}: {code} is `{text}`, in the table `{}`", message.text));
        }
        if let Some(help) = help
            && ways.len() == 1
            && !same_gist(message.help, help)
        {
            different.push(format!(
                "{place}: {code} helps by `{help}`, the table by `{}`",
                message.help
            ));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
    only_listed("codes_without_row.txt", &missing);
}

/// A code as the runtime says it.
struct Said {
    place: String,
    code: String,
    text: String,
    help: Option<String>,
}

/// Collects the texts in a trait's attribute, in a panic of a constant (`SA101: …`), and in a start-up problem
/// (`SA101`, text, help).
fn everything_said() -> Vec<Said> {
    let mut all = Vec::new();
    for path in files_under("secure-api-runtime/src", ".rs").iter().filter(|path| !is_test(path)) {
        let texts = Source::read(path).texts();
        for (index, (line, text)) in texts.iter().enumerate() {
            let following = |by: usize| texts.get(index + by).map(|(_, text)| text.clone());
            let is_attribute = attribute_key(path, *line) == "message";
            let (text, help) = match text.get(5..) {
                _ if !is_code(text.get(..5).unwrap_or_default()) => continue,
                Some("") => (following(1).unwrap_or_default(), following(2)),
                Some(rest) if rest.starts_with(':') => {
                    // Message, label and note follow each other; the note is the help.
                    let mut next = texts[index + 1..].iter().take(2);
                    let note = next.find(|(line, _)| attribute_key(path, *line) == "note");
                    let note = note.filter(|_| is_attribute).map(|(_, note)| note.clone());
                    (rest[1..].trim_start().to_owned(), note)
                }
                _ => continue,
            };
            let code = texts[index].1[..5].to_owned();
            all.push(Said { place: format!("{}:{line}", shown(path)), code, text, help });
        }
    }
    all
}

/// Returns the codes of one practice.
pub(super) fn group(digit: char) -> impl Iterator<Item = &'static Message> {
    ALL.iter().copied().filter(move |message| message.code[2..].starts_with(digit))
}

/// Codes that a start-up check reports: the runtime states them as values, not in a message.
pub(super) fn start_codes() -> BTreeSet<String> {
    let files = files_under("secure-api-runtime/src", ".rs");
    let texts =
        files.iter().filter(|path| !is_test(path)).flat_map(|path| Source::read(path).texts());
    texts.filter_map(|(_, text)| (is_code(&text)).then_some(text)).collect()
}

fn is_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with("SA") && text[2..].bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the text before a literal on its line: `message` in `message = "…"`.
fn attribute_key(path: &std::path::Path, line: usize) -> String {
    let text = read(shown(path));
    let line = text.lines().nth(line - 1).unwrap_or_default();
    line.split('=').next().unwrap_or_default().trim().to_owned()
}

/// Returns `true` if a text, or the beginning of one that is composed, is a form of the table's text.
fn fits(table: &str, said: &str) -> bool {
    let said = unnamed(said);
    let mut rest = said.as_str();
    for (index, part) in table.split("{}").enumerate() {
        match rest.find(part) {
            Some(at) if index > 0 || at == 0 => rest = &rest[at + part.len()..],
            // Composed in pieces: the first piece is a beginning of the table's text.
            _ => return part.starts_with(rest.trim_end()) || table.starts_with(said.trim_end()),
        }
    }
    true
}

/// Writes `{Self}` and the like as `{}`.
fn unnamed(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '{' => inside = true,
            '}' => {
                inside = false;
                plain.push_str("{}");
            }
            _ if inside => {}
            _ => plain.push(letter),
        }
    }
    plain
}

/// Returns `true` if at least half of the words of the shorter are in the longer.
fn same_gist(one: &str, other: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.len() > 1).map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    2 * one.intersection(&other).count() >= one.len().min(other.len())
}

#[test]
fn texts_are_compared_by_what_they_say() {
    assert!(fits("`{}` is not a role enum", "`{Self}` is not a role enum"));
    assert!(fits("view {} is for {}", "view "));
    assert!(fits("{}", "anything"));
    assert!(!fits("`{}` is not a role enum", "`{Self}` is not a version enum"));
    assert!(!fits("a burst of 0", "a limit of 0"));
    assert!(same_gist("take `Reader<…>` to read", "take `Reader<…>` to read, or use `#[post]`"));
    assert!(!same_gist("remove it", "write a reason in words"));
}

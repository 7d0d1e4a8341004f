//! The page of what is covered: each state is made from the tests that name the requirement.

use std::collections::BTreeMap;

use super::{compare_or_bless, files_under, read, shown, source::comments};

const PAGE: &str = "book/src/coverage.md";

/// The requirements, R1 to this one.
const LAST: u32 = 118;

/// The extent to which tests prove one requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    NotYet,
    InPart,
    Held,
}

#[test]
fn the_states_are_those_that_the_tests_make() {
    let states = states();
    let held = states.values().filter(|state| **state == State::Held).count();
    let in_part = states.values().filter(|state| **state == State::InPart).count();
    let mut numbers = Vec::new();
    let mut page = String::new();
    for line in read(PAGE).lines() {
        if line.starts_with("Of the 118 requirements ") {
            let left = LAST as usize - held - in_part;
            page += &format!(
                "Of the {LAST} requirements {held} are held, {in_part} in part, {left} not yet.\n"
            );
            continue;
        }
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [what, listed, _] = cells[..] else {
            assert!(!line.starts_with('|'), "three columns: {line}");
            page += &format!("{line}\n");
            continue;
        };
        let row: Vec<u32> = listed.split(", ").filter_map(number).collect();
        if row.is_empty() {
            page += &format!("{line}\n");
            continue;
        }
        page += &format!("| {what} | {listed} | {} |\n", told(&row, &states));
        numbers.extend(row);
    }
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq(1..=LAST), "each requirement has one row: {numbers:?}");
    compare_or_bless(PAGE, &page);
}

/// Returns the requirements that tests name, each as far as it is proven at best.
pub(super) fn states() -> BTreeMap<u32, State> {
    let mut states = BTreeMap::new();
    for folder in ["tests", "secure-api-runtime", "secure-api-macros"] {
        for path in files_under(folder, ".rs") {
            let file = shown(&path);
            if file.split('/').any(|part| part == "house" || part == "target") {
                continue;
            }
            // A wrong program is a test as a whole.
            for (number, state) in named(&read(&file), file.starts_with("tests/ui/")) {
                assert!((1..=LAST).contains(&number), "{file}: there is no R{number}");
                let best = states.entry(number).or_insert(State::NotYet);
                *best = state.max(*best);
            }
        }
    }
    states
}

/// Returns the requirements that comments of tests name: those above a test's attribute or inside of its function.
fn named(text: &str, is_test: bool) -> Vec<(u32, State)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (line, comment) in comments(text) {
        let Some(words) = comment.strip_prefix("// ") else { continue };
        let mut numbers = Vec::new();
        let mut rest = words;
        while let Some(found) = rest.split([',', ' ', ':']).next().and_then(number) {
            numbers.push(found);
            let after = rest.split_once([',', ' ', ':']).map_or("", |(_, after)| after);
            rest = after.trim_start();
        }
        if !numbers.is_empty() && (is_test || belongs_to_a_test(&lines, line)) {
            let state = if rest.starts_with("in part") { State::InPart } else { State::Held };
            found.extend(numbers.into_iter().map(|number| (number, state)));
        }
    }
    found
}

fn number(word: &str) -> Option<u32> {
    word.strip_prefix('R')?.parse().ok()
}

/// Returns `true` for a line above the attribute of a test, or inside of a function that has it.
fn belongs_to_a_test(lines: &[&str], at: usize) -> bool {
    let is_test = |line: &str| {
        let line = line.trim_start();
        line.starts_with("#[test]") || line.starts_with("#[tokio::test")
    };
    let is_head = |line: &str| line.trim_start().starts_with(['#', '/']);
    if lines[at..].iter().take_while(|line| is_head(line)).any(|line| is_test(line)) {
        return true;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(lines[at]);
    let begins = |line: &str| {
        let line = line.trim_start();
        ["fn ", "async fn ", "pub fn ", "pub(crate) fn "].iter().any(|fun| line.starts_with(fun))
    };
    let function = (0..at).rev().find(|line| begins(lines[*line]) && indent(lines[*line]) < own);
    function.is_some_and(|function| {
        lines[..function].iter().rev().take_while(|line| is_head(line)).any(|line| is_test(line))
    })
}

/// Returns a row's state: one word where all of its requirements have the same, else each with its own.
fn told(row: &[u32], states: &BTreeMap<u32, State>) -> String {
    let mut parts = Vec::new();
    for (state, words) in
        [(State::Held, "held"), (State::InPart, "in part"), (State::NotYet, "not yet")]
    {
        let state_of = |number: &u32| states.get(number).copied().unwrap_or(State::NotYet);
        let these: Vec<_> = row.iter().filter(|number| state_of(number) == state).collect();
        if these.len() == row.len() {
            return words.to_owned();
        }
        if !these.is_empty() {
            let these: Vec<_> = these.iter().map(|number| format!("R{number}")).collect();
            parts.push(format!("{} {words}", these.join(", ")));
        }
    }
    parts.join("; ")
}

#[test]
fn a_requirement_is_named_by_the_comment_of_a_test_and_by_nothing_else() {
    let text = "enum Role { R1, R2 }\n// R3: no test\nfn helper() {}\n\
                // R4 R5: one\n#[test]\nfn a() {\n    // R6 in part: some\n    let b = \"// R7\";\n}\n\
                fn c() {\n    // R8\n}\n/// R9\n// R10, R11, RFC 9112: two\n#[tokio::test]\nasync fn d() {}\n\
                // of R12\n#[test]\nfn e() {}\n";
    let held = [4, 5].map(|number| (number, State::Held));
    let last = [10, 11].map(|number| (number, State::Held));
    let all: Vec<_> = held.into_iter().chain([(6, State::InPart)]).chain(last).collect();
    assert_eq!(named(text, false), all);
    assert_eq!(named("enum Role { R1 }\n// R2\nfn main() {}", true), [(2, State::Held)]);
    let states = all.into_iter().collect();
    assert_eq!(told(&[4, 5], &states), "held");
    assert_eq!(told(&[1, 2], &states), "not yet");
    assert_eq!(told(&[4, 6, 7], &states), "R4 held; R6 in part; R7 not yet");
}

//! Names and weights of rules beside those of oasdiff: each difference stands in the book, with its reason.

use std::{collections::BTreeMap, fs, path::Path};

use secure_api::contract::{self, Severity};

/// Returns the levels of oasdiff's rules.
fn levels() -> BTreeMap<&'static str, Severity> {
    let lines = include_str!("oasdiff.txt").lines().filter(|line| !line.starts_with('#'));
    let level = |word: &str| match word {
        "ERR" => Severity::Breaking,
        "WARN" => Severity::Warning,
        _ => Severity::Info,
    };
    lines.filter_map(|line| line.split_once(' ')).map(|(id, word)| (id, level(word))).collect()
}

/// Returns the names that the first column of the page's table has, each with its two other ends.
fn explained(page: &str) -> Vec<String> {
    let table = page.split("| oasdiff's rule |").nth(1).expect("the table of differences");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let names = rows
        .flat_map(|row| row.split(" | ").next().unwrap_or_default().split('`').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}

// R100 in part
#[test]
fn a_rule_of_another_weight_than_oasdiff_s_is_explained() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/contract.md");
    let page = fs::read_to_string(page).expect("the page");
    let (levels, explained) = (levels(), explained(&page));
    assert_eq!(levels.len(), 509);
    let (mut same, mut missing) = (0, Vec::new());
    for rule in contract::rules() {
        let Some(level) = levels.get(rule.id) else { continue };
        let told = explained.iter().any(|name| name == rule.id);
        match *level == rule.level {
            true if told => missing.push(format!("{} is no difference", rule.id)),
            true => same += 1,
            false if !told => {
                missing.push(format!("{} is {level} there, and {} here", rule.id, rule.level))
            }
            false => {}
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(same > 320, "only {same} are the same");
}

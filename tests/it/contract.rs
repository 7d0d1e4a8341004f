//! The contract: planted changes, each with the rule and the weight that it has to be told by.

mod accepting;
mod answers;
mod api;
mod bodies;
mod bounds;
mod documents;
mod endless;
mod facts;
mod inner;
mod kept;
mod loosened;
mod oasdiff;
mod opened;
mod places;
mod plain;
mod schemas;
mod versions;

use std::collections::BTreeSet;

use secure_api::{
    clock::Clock,
    contract::{self, Report, Severity},
    testing::{JsonValue, json},
    version::Day,
};

/// The day on which documents are compared here: 2026-06-01.
fn today() -> Day {
    Day::at(&Clock::manual(1_780_272_000))
}

/// Compares two documents.
fn diff(old: &JsonValue, new: &JsonValue) -> Report {
    contract::diff(&old.to_string(), &new.to_string(), today()).expect("two documents")
}

/// Returns the letter of a weight, as the tables here have it.
fn letter(level: Severity) -> char {
    match level {
        Severity::Info => 'I',
        Severity::Warning => 'W',
        Severity::Undecided => 'U',
        Severity::Security => 'S',
        Severity::Breaking => 'B',
    }
}

/// Returns the findings as the tables here have them: `B request-property-became-required`.
fn told(report: &Report) -> BTreeSet<String> {
    let text = |finding: &contract::Finding| format!("{} {}", letter(finding.level), finding.rule);
    report.findings.iter().map(text).collect()
}

/// A document with one operation, `POST /v1/orders/{order}`.
fn document(operation: JsonValue) -> JsonValue {
    with_paths(json!({ "/v1/orders/{order}": { "post": operation } }))
}

fn with_paths(paths: JsonValue) -> JsonValue {
    json!({ "openapi": "3.1.0", "info": { "title": "Shop", "version": "v1" }, "paths": paths })
}

// R100 in part: each rule has a planted change that is told by it.
#[test]
fn each_rule_has_a_planted_change() {
    let planted = schemas::planted().into_iter().chain(plain::planted());
    let mut planted: BTreeSet<String> =
        planted.flat_map(|(_, _, told)| told).map(|told| told[2..].to_owned()).collect();
    planted.extend(facts::rules());
    let missing = contract::rules().map(|rule| rule.id).filter(|id| !planted.contains(*id));
    let missing: Vec<_> = missing.collect();
    assert!(missing.is_empty(), "no case has {missing:#?}");
    assert!(planted.len() > 250, "only {} rules", planted.len());
}

// R100 in part
#[test]
fn planted_changes_are_told_by_their_rules() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (old, new, expected) in schemas::planted().into_iter().chain(plain::planted()) {
        let report = diff(&old, &new);
        count += 1;
        let expected: BTreeSet<String> = expected.into_iter().collect();
        if told(&report) != expected {
            wrong.push(format!("{old}\n→ {new}\nwanted {expected:?}\nfound {:?}", told(&report)));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(count > 500, "only {count} planted changes");
}

#[test]
fn what_did_not_change_is_not_told() {
    for (old, new, _) in schemas::planted().into_iter().chain(plain::planted()) {
        for same in [&old, &new] {
            assert_eq!(diff(same, same).findings, [], "{same}");
        }
    }
}

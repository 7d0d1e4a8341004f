//! The command `lint`: what scanners of APIs ask of an OpenAPI document, as far as a document can answer.

mod admin;
mod answers;
mod operations;
mod parameters;
mod rule;
mod schemas;
mod score;
mod security;
mod servers;
mod shown;
mod words;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Serialize;
use serde_json::{Value, json};

pub(crate) use rule::Severity;

use super::{
    commands::LintOptions,
    document, facts,
    terminal::{self, Ended, Failure, Outcome},
};
use crate::inventory::ApiModel;
use rule::{LintRule, Part, RULES};
use score::LintScore;

/// A rule that is broken somewhere.
#[derive(Debug, Serialize)]
pub(crate) struct LintFinding {
    rule: &'static str,
    severity: Severity,
    part: Part,
    owasp: Option<&'static str>,
    /// The JSON pointer to the place.
    place: String,
    text: String,
    help: &'static str,
}

/// All that there is to say of a document.
#[derive(Debug, Serialize)]
pub(crate) struct LintReport {
    document: String,
    score: LintScore,
    findings: Vec<LintFinding>,
}

/// A document that is being looked at.
pub(crate) struct Lint<'a> {
    document: &'a Value,
    findings: Vec<LintFinding>,
    /// The places that each rule was asked of, and in how many it was broken.
    asked: BTreeMap<&'static str, (u32, u32)>,
    seen: BTreeSet<(&'static str, String)>,
}

impl<'a> Lint<'a> {
    /// Looks at a whole document.
    fn report(document: &'a Value, name: String) -> LintReport {
        let mut lint =
            Self { document, findings: Vec::new(), asked: BTreeMap::new(), seen: BTreeSet::new() };
        let operations = document::operations(document);
        lint.servers(&operations);
        lint.schemes(&operations);
        lint.references();
        for operation in &operations {
            lint.credentials(operation);
            lint.operation(operation);
            lint.parameters(operation);
            lint.body(operation);
            lint.answers(operation);
        }
        lint.names(&operations);
        lint.administration(&operations);
        lint.findings.sort_by_key(|one| Reverse(one.severity));
        let score = LintScore::of(&lint.asked);
        LintReport { document: name, score, findings: lint.findings }
    }

    /// Asks a rule of a place, once. `about` names what is there.
    fn ask(&mut self, rule: &'static LintRule, place: &str, holds: bool, about: &str) {
        if !self.seen.insert((rule.id, place.to_owned())) {
            return;
        }
        let (places, broken) = self.asked.entry(rule.id).or_default();
        *places += 1;
        if holds {
            return;
        }
        *broken += 1;
        let LintRule { id, severity, part, owasp, text, help } = rule;
        self.findings.push(LintFinding {
            rule: id,
            severity: *severity,
            part: *part,
            owasp: *owasp,
            place: place.to_owned(),
            text: format!("{about}: {text}"),
            help,
        });
    }
}

/// Returns the places that are told of a document, each with the rule that it breaks, and the score.
#[cfg(fuzzing)]
pub(super) fn told(document: &Value) -> (Vec<(String, String)>, u32) {
    let LintReport { score, findings, .. } = Lint::report(document, String::new());
    let findings = findings.into_iter();
    (findings.map(|one| (one.place, format!("{}: {}", one.rule, one.text))).collect(), score.total)
}

/// Looks at a file, or at each document of the API that the program is of.
pub(crate) fn run(api: Option<&ApiModel>, file: Option<&Path>, options: &LintOptions) -> Outcome {
    let LintOptions { fail_on, rules, printed } = options;
    if *rules {
        if printed.json {
            terminal::json(&RULES)?;
        } else {
            terminal::print(shown::rules(RULES))?;
        }
        return Ok(Ended::Fine);
    }
    let mut reports = Vec::new();
    match (file, api) {
        (Some(file), _) => {
            let document = document::read(file)?;
            if document::operations(&document).is_empty() {
                return Err(Failure::new(format!(
                    "{} has no operations to look at",
                    file.display()
                ))
                .help("name a document with `paths`; one of webhooks alone is called by nobody"));
            }
            reports.push(Lint::report(&document, file.display().to_string()));
        }
        (None, Some(api)) => {
            for (version, text) in facts::documents(api) {
                let document = serde_json::from_str(&text)
                    .map_err(|error| Failure::new(format!("the document of {version}: {error}")))?;
                reports.push(Lint::report(&document, version.to_owned()));
            }
        }
        (None, None) => return Err(Failure::new("there is no document").help("name a file")),
    }
    if printed.json {
        terminal::json(&json!({ "documents": reports }))?;
    } else {
        terminal::print(shown::reports(&reports))?;
    }
    let mut severities = reports.iter().flat_map(|report| &report.findings).map(|one| one.severity);
    Ok(Ended::found(severities.any(|severity| fail_on.fails(severity))))
}

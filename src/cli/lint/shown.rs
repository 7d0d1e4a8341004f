//! Findings as a text for a terminal.

use anstyle::Style;

use super::{
    LintReport,
    rule::{LintRule, Part, Severity},
};
use crate::cli::terminal::{BOLD, ERROR, HELP, WARNING, plain, table};

/// Returns the text of all reports.
pub(super) fn reports(reports: &[LintReport]) -> String {
    reports.iter().map(report).collect::<Vec<_>>().join("\n")
}

fn report(LintReport { document, score, findings }: &LintReport) -> String {
    let mut text = String::new();
    for one in findings {
        let (style, severity) = (style(one.severity), name(one.severity));
        let owasp = one.owasp.unwrap_or_default();
        text.push_str(&format!(
            "{style}{severity}{style:#}[{}] {BOLD}{}{BOLD:#}\n  at {} ({owasp})\n  {HELP}help{HELP:#}: {}\n\n",
            one.rule,
            plain(&one.text),
            plain(&one.place),
            one.help
        ));
    }
    let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
    let counts = [Severity::High, Severity::Medium, Severity::Low]
        .map(|severity| format!("{} {}", count(severity), name(severity)));
    text.push_str(&format!(
        "{}: {BOLD}{} of 100{BOLD:#} (security {} of 30, data {} of 70); {} findings: {}\n",
        plain(document),
        score.total,
        score.security,
        score.data,
        findings.len(),
        counts.join(", ")
    ));
    text
}

/// Returns the table of rules.
pub(super) fn rules(rules: &[&LintRule]) -> String {
    let rows = rules.iter().map(|rule| {
        let part = match rule.part {
            Part::Security => "security",
            Part::Data => "data",
        };
        let cells = [rule.id, name(rule.severity), part, rule.owasp.unwrap_or_default(), rule.text];
        cells.map(str::to_owned).to_vec()
    });
    table(&rows.collect::<Vec<_>>())
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::High => ERROR,
        Severity::Medium => WARNING,
        Severity::Low => HELP,
    }
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
    }
}

//! The report: how many operations are declared, how many by a hatch, and why the others are not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::decide::{Plan, plan::OperationPlan, reason::Way};
use crate::cli::terminal::{BOLD, plain, table};

/// The counts of an import.
#[derive(Debug, Serialize)]
pub(super) struct ImportReport {
    /// The operations of the document.
    pub(super) operations: usize,
    /// The operations that are declared without an extractor.
    pub(super) declared: usize,
    /// The operations that are declared with one.
    pub(super) hatch: usize,
    /// The operations that are a comment.
    pub(super) not: Vec<Left>,
    /// The reasons of those with an extractor.
    pub(super) by_hatch: Vec<Left>,
}

/// An operation with the reason for which it is not declared as the others are.
#[derive(Debug, Serialize)]
pub(super) struct Left {
    /// Its verb and path.
    pub(super) operation: String,
    /// The reason.
    pub(super) reason: &'static str,
}

/// Returns the way out of an operation that is not simply declared.
pub(super) fn way(operation: &OperationPlan) -> Option<Way> {
    operation.reasons.iter().map(|reason| reason.way).max()
}

impl ImportReport {
    /// Counts a plan.
    pub(super) fn of(plan: &Plan) -> Self {
        let left = |wanted: Way| {
            let found = plan.operations.iter().filter(move |one| way(one) == Some(wanted));
            let found = found.filter_map(move |one| {
                let reason = one.reasons.iter().find(|reason| reason.way == wanted)?;
                let operation = format!("{} {}", one.verb, one.path);
                Some(Left { operation, reason: reason.text })
            });
            found.collect::<Vec<_>>()
        };
        let (not, by_hatch) = (left(Way::Not), left(Way::Hatch));
        let operations = plan.operations.len();
        Self {
            operations,
            declared: operations - not.len() - by_hatch.len(),
            hatch: by_hatch.len(),
            not,
            by_hatch,
        }
    }

    /// Returns the report for a terminal: the counts, and each reason with how often it is one.
    pub(super) fn shown(&self, title: &str) -> String {
        let Self { operations, declared, hatch, not, by_hatch } = self;
        let title = plain(&title.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (what, list) in [("not declared", not), ("by an extractor", by_hatch)] {
            for one in list {
                *reasons.entry((what, one.reason)).or_default() += 1;
            }
        }
        let rows = reasons.into_iter().map(|((what, reason), count)| {
            vec![count.to_string(), what.to_owned(), reason.to_owned()]
        });
        format!(
            "{BOLD}{title}{BOLD:#}: {operations} operations, {declared} declared, {hatch} by an extractor, {} not\n{}",
            not.len(),
            table(&rows.collect::<Vec<_>>())
        )
    }
}

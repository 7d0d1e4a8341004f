//! The report: how many operations are declared, how many by a hatch, and why the others are not.

use serde::Serialize;

use super::decide::{Plan, plan::OperationPlan, reason::Way};

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
}

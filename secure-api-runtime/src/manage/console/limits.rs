//! The limits that were reached: the operations that refused calls by a limit, or by what a score left of it.

use serde::Serialize;

use super::{
    Forms, Look, Sheet,
    html::{Html, all, element, text},
    parts::{number, paragraph, table, versioned},
};
use crate::{
    error::problem,
    inventory::{Facts, LiveOperation},
};

/// The page of the limits.
#[derive(Serialize)]
pub(super) struct LimitsReached {
    /// The operations that refused calls, those that refused most first.
    operations: Vec<Reached>,
    /// The requests to what no operation answers that the limit of an address refused, since the process began.
    elsewhere: u64,
}

/// One operation in one version that refused a call so.
#[derive(Serialize)]
struct Reached {
    operation: String,
    version: String,
    limits: String,
    calls: u64,
    /// The calls that a limit refused.
    limited: u64,
    /// The calls that were refused since their caller behaves strangely.
    tightened: u64,
}

impl Sheet for LimitsReached {
    const TITLE: &'static str = "Limits reached";
    const PATH: &'static str = "/console/limits";
    const JSON: &'static str = "/console/limits.json";

    fn of(look: &Look) -> Self {
        let model = &*look.model;
        let reached = |live: &LiveOperation| {
            let count = |problem: &crate::error::ProblemType| {
                live.refused.get(problem.uri()).copied().unwrap_or_default()
            };
            let (limited, tightened) =
                (count(&problem::QUOTA_EXCEEDED), count(&problem::ABNORMAL_USAGE));
            let declared =
                model.operations.iter().find(|operation| operation.name == live.operation);
            let limits = declared.map(|operation| Facts::of(model, operation).limits);
            (limited + tightened > 0).then(|| Reached {
                operation: live.operation.clone(),
                version: live.version.clone(),
                limits: limits.unwrap_or_default(),
                calls: live.calls,
                limited,
                tightened,
            })
        };
        let mut operations: Vec<_> = look.live.operations.iter().filter_map(reached).collect();
        operations.sort_by_key(|one| std::cmp::Reverse(one.limited + one.tightened));
        Self { operations, elsewhere: look.limited_elsewhere }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let row = |one: &Reached| {
            vec![
                versioned(&one.version, &one.operation),
                text(&one.limits),
                number(one.calls),
                number(one.limited),
                number(one.tightened),
            ]
        };
        let heads = ["Operation", "Limits", "Calls", "Refused by a limit", "Refused by behavior"];
        let rows = self.operations.iter().map(row).collect();
        let about = "A limit that people reach in their daily work is too strict, or they do something that was not thought of.";
        all([
            paragraph(about),
            table("Operations that refused calls", &heads, rows, "No limit was reached."),
            element(
                "p",
                &[],
                [
                    text(
                        "Requests that the limit of an address refused where no operation answers, since the process began: ",
                    ),
                    number(self.elsewhere),
                    text("."),
                ],
            ),
        ])
    }
}

impl LimitsReached {
    /// Returns the number of operations that refused calls, each version for itself.
    pub(super) fn reached(&self) -> usize {
        self.operations.len()
    }
}

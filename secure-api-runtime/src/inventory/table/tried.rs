//! The table of limits that were tried against a log.

use std::fmt;

use super::{Columns, numbers, routes::limit, span};
use crate::inventory::{RefusedCaller, TriedLimits, TriedPolicy};

impl fmt::Display for TriedLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = span(self.from, self.until);
        writeln!(f, "{}: limits tried against an access log{span}", self.api)?;
        write!(f, "\n{}", counts(self))?;
        for (operations, text) in [
            (&self.by_role, "limits by role, of which the last arm is tried"),
            (&self.untried, "not tried, as a log does not tell it"),
        ] {
            if !operations.is_empty() {
                writeln!(f, "{text}: {}", operations.join(", "))?;
            }
        }
        write!(f, "\n{}", policies(&self.policies))?;
        if !self.most_refused.is_empty() {
            write!(f, "\n{}", refused(&self.most_refused))?;
        }
        Ok(())
    }
}

/// Writes the numbers of the log.
fn counts(tried: &TriedLimits) -> String {
    numbers(&[
        ("lines", tried.lines, ""),
        ("no request", tried.unread, ""),
        ("too late", tried.late, "more than a minute after later ones, and left out"),
        ("requests", tried.requests, ""),
        ("without operation", tried.unanswered, "they count for the address alone"),
        ("without user", tried.without_user, "per principal their address counts"),
        ("callers", tried.callers, ""),
        ("refused requests", tried.refused, ""),
        ("refused callers", tried.refused_callers, ""),
    ])
}

/// Writes the limits that counted anything; the columns from `p50` to `most` are of the busiest window of each caller.
fn policies(policies: &[TriedPolicy]) -> Columns<10> {
    let heading = [
        "operation",
        "limit",
        "requests",
        "callers",
        "p50",
        "p90",
        "p99",
        "most",
        "refused",
        "of callers",
    ];
    let counted = policies.iter().filter(|policy| policy.requests > 0);
    Columns::headed(heading).with(counted.map(|policy| {
        [
            policy.operation.clone(),
            limit(&policy.limit),
            policy.requests.to_string(),
            policy.callers.to_string(),
            policy.p50.to_string(),
            policy.p90.to_string(),
            policy.p99.to_string(),
            policy.most.to_string(),
            policy.refused.to_string(),
            policy.refused_callers.to_string(),
        ]
    }))
}

fn refused(callers: &[RefusedCaller]) -> Columns<3> {
    let rows = callers.iter().map(|RefusedCaller { caller, requests, refused }| {
        [caller.clone(), requests.to_string(), refused.to_string()]
    });
    Columns::headed(["refused most", "requests", "refused"]).with(rows)
}

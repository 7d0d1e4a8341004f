//! The table of limits that were tried against a log.

use std::fmt;

use super::{plain, routes::limit, table, time};
use crate::inventory::{RefusedCaller, TriedLimits, TriedPolicy};

impl fmt::Display for TriedLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: limits tried against an access log", self.api)?;
        if let (Some(from), Some(until)) = (self.from, self.until) {
            write!(f, ", {} to {}", time(from), time(until))?;
        }
        write!(f, "\n\n{}", numbers(self))?;
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

/// Writes the numbers of the log, without those that are nothing.
fn numbers(tried: &TriedLimits) -> String {
    let numbers = [
        ("lines", tried.lines, ""),
        ("no request", tried.unread, ""),
        ("too late", tried.late, "more than a minute after later ones, and left out"),
        ("requests", tried.requests, ""),
        ("without operation", tried.unanswered, "they count for the address alone"),
        ("without user", tried.without_user, "per principal their address counts"),
        ("callers", tried.callers, ""),
        ("refused requests", tried.refused, ""),
        ("refused callers", tried.refused_callers, ""),
    ];
    let rows = numbers
        .into_iter()
        .filter(|(_, number, _)| *number > 0)
        .map(|(name, number, note)| vec![name.to_owned(), number.to_string(), note.to_owned()]);
    table(&rows.collect::<Vec<_>>())
}

/// Writes the limits that counted anything; the columns from `p50` to `most` are of the busiest window of each caller.
fn policies(policies: &[TriedPolicy]) -> String {
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
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for policy in policies.iter().filter(|policy| policy.requests > 0) {
        let TriedPolicy { requests, callers, p50, p90, p99, most, .. } = policy;
        let TriedPolicy { refused, refused_callers, .. } = policy;
        let numbers = [requests, callers, p50, p90, p99, most, refused, refused_callers];
        let mut row = vec![policy.operation.clone(), limit(&policy.limit)];
        row.extend(numbers.map(u64::to_string));
        rows.push(row);
    }
    table(&rows)
}

fn refused(callers: &[RefusedCaller]) -> String {
    let heading = ["refused most", "requests", "refused"].map(str::to_owned);
    let mut rows = vec![heading.to_vec()];
    rows.extend(callers.iter().map(|RefusedCaller { caller, requests, refused }| {
        vec![plain(caller), requests.to_string(), refused.to_string()]
    }));
    table(&rows)
}

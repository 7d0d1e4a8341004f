//! The table of limits that were tried against a log.

use std::fmt;

use jiff::Timestamp;

use super::{routes::limit, table};
use crate::inventory::{RefusedCaller, TriedLimits, TriedPolicy};

impl fmt::Display for TriedLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { api, lines, unread, late, requests, unanswered, .. } = self;
        write!(f, "{api}: limits tried against {lines} lines")?;
        if let (Some(from), Some(until)) = (self.from, self.until) {
            write!(f, ", {} to {}", time(from), time(until))?;
        }
        writeln!(f, "\nrequests {requests}, of {} callers", self.callers)?;
        for (number, text) in [
            (*unread, "lines are no request"),
            (*late, "requests came more than a minute after later ones, and are left out"),
            (*unanswered, "requests are answered by no operation, and count for the address alone"),
            (self.without_user, "requests name no user: per principal their address counts"),
        ] {
            if number > 0 {
                writeln!(f, "{number} {text}")?;
            }
        }
        if !self.by_role.is_empty() {
            writeln!(
                f,
                "limits by role, of which the last arm is tried: {}",
                self.by_role.join(", ")
            )?;
        }
        if !self.untried.is_empty() {
            writeln!(f, "not tried, as a log does not tell it: {}", self.untried.join(", "))?;
        }
        writeln!(f, "refused {}, of {} callers", self.refused, self.refused_callers)?;
        write!(f, "\n{}", policies(&self.policies))?;
        if !self.most_refused.is_empty() {
            write!(f, "\n{}", refused(&self.most_refused))?;
        }
        Ok(())
    }
}

/// The limits that counted anything; the columns from `p50` to `most` are of the busiest window of each caller.
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

/// Returns a text without what a terminal would obey: whoever called chose it.
fn plain(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}

fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}

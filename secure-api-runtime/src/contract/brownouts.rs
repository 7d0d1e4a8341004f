//! Brownouts, compared: an outage that was announced in time is no broken promise, and one that comes suddenly is.

use serde_json::Value;

use super::finding::Findings;
use crate::version::{Brownout, Day};

/// The days before an outage by which it is announced: the time that the authors of clients have to read of it.
const NOTICE_DAYS: i64 = 14;

/// Compares the outages of an operation or a version as of a day. One that was moved has gone, and another came.
pub(super) fn compare(
    name: &str,
    was: &[Brownout],
    is: &[Brownout],
    today: Day,
    findings: &mut Findings,
) {
    let today = today.unix_seconds();
    let ahead = |one: &&Brownout| one.until() > today;
    for new in is.iter().filter(ahead).filter(|one| !was.contains(one)) {
        let (rule, when) = match new.from() < today + NOTICE_DAYS * 86_400 {
            true => ("brownout-sudden", "in less than 14 days, or now"),
            false => ("brownout-announced", "as is announced"),
        };
        let sentence = format!("{name} is out of service {new}, {when}");
        findings.add(rule, (name, &new.to_string()), sentence, (None, None));
    }
    for old in was.iter().filter(ahead).filter(|one| !is.contains(one)) {
        let sentence = format!("{name} stays in service {old}");
        findings.add("brownout-removed", (name, &old.to_string()), sentence, (None, None));
    }
}

/// Compares those that documents state.
pub(super) fn stated(name: &str, was: &Value, is: &Value, today: Day, findings: &mut Findings) {
    let (old, new) = (was.get("x-brownouts"), is.get("x-brownouts"));
    if old == new {
        return;
    }
    match (read(old), read(new)) {
        (Some(was), Some(is)) => compare(name, &was, &is, today, findings),
        _ => {
            let sentence = format!("`x-brownouts` of {name} changed, and is no list of times");
            findings.add("brownouts-not-read", (name, ""), sentence, (None, None));
        }
    }
}

/// Reads a list; none where it is written in another form.
fn read(stated: Option<&Value>) -> Option<Vec<Brownout>> {
    stated.map_or(Some(Vec::new()), |list| serde_json::from_value(list.clone()).ok())
}

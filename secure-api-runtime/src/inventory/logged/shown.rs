//! The traffic of a log for people: what is to be looked at first, and then each operation.

use std::fmt;

use super::{ExpectedOperation, LoggedOperation, LoggedTraffic};
use crate::inventory::{
    LiveClient, UndeclaredPath,
    table::{plain, table, time},
};

/// The paths and the clients that are shown. All are in the JSON.
const SHOWN: usize = 50;
const CLIENTS: usize = 5;

impl fmt::Display for LoggedTraffic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} against an access log", plain(&self.name))?;
        if let (Some(from), Some(until)) = (self.from, self.until) {
            write!(f, ", {} to {}", time(from), time(until))?;
        }
        write!(f, "\n\n{}", numbers(self))?;
        let shadows: Vec<_> = self.shadows().collect();
        let zombies: Vec<_> = self.zombies().collect();
        if !(zombies.is_empty() && shadows.is_empty() && self.orphans().next().is_none()) {
            let heading = ["found", "verb", "path", "operation", "calls", "answered", "last call"];
            let mut rows = vec![heading.map(str::to_owned).to_vec()];
            rows.extend(zombies.iter().map(|one| operation("zombie", one)));
            rows.extend(shadows.iter().take(SHOWN).map(|path| shadow(path)));
            rows.extend(self.orphans().map(|one| operation("orphan", one)));
            write!(f, "\n{}", table(&rows))?;
            if shadows.len() > SHOWN {
                writeln!(f, "and {} shadows more", shadows.len() - SHOWN)?;
            }
        }
        for zombie in zombies {
            write!(f, "\n{}", clients(zombie))?;
        }
        write!(f, "\n{}", operations(&self.operations))
    }
}

/// Writes the numbers of the log, without those that are nothing.
fn numbers(traffic: &LoggedTraffic) -> String {
    let numbers = [
        ("lines", traffic.lines, ""),
        ("no request", traffic.unread, "of another format, too long, or no text"),
        ("requests", traffic.requests, ""),
        ("besides", traffic.besides, "documents, and questions of browsers"),
        ("noise", traffic.noise, "what scanners ask every server for, and did not get"),
        ("not listed", traffic.unlisted, "paths that nobody declared, too many to be told apart"),
        ("zombies", traffic.zombies().count() as u64, "deprecated or past the sunset, and called"),
        ("shadows", traffic.shadows().count() as u64, "not declared, and answered or asked for"),
        ("orphans", traffic.orphans().count() as u64, "declared, and never called"),
    ];
    let rows = numbers
        .into_iter()
        .filter(|(_, number, _)| *number > 0)
        .map(|(name, number, note)| vec![name.to_owned(), number.to_string(), note.to_owned()]);
    table(&rows.collect::<Vec<_>>())
}

fn operation(found: &str, one: &LoggedOperation) -> Vec<String> {
    let ExpectedOperation { verb, path, operation, .. } = &one.expected;
    let answered = one.calls - one.errors.values().sum::<u64>();
    let last = one.last.map_or_else(|| "never".to_owned(), time);
    let texts = [found, verb, path, operation].map(plain);
    texts.into_iter().chain([one.calls.to_string(), answered.to_string(), last]).collect()
}

fn shadow(path: &UndeclaredPath) -> Vec<String> {
    let UndeclaredPath { method, path, calls, answered, last, .. } = path;
    let numbers = [calls.to_string(), answered.to_string(), time(*last)];
    ["shadow", method, path, ""].map(plain).into_iter().chain(numbers).collect()
}

/// Writes who calls a zombie.
fn clients(zombie: &LoggedOperation) -> String {
    let ExpectedOperation { operation, verb, path, .. } = &zombie.expected;
    let name = if operation.is_empty() { format!("{verb} {path}") } else { operation.clone() };
    let mut rows = vec![vec![
        format!("clients of {}", plain(&name)),
        "calls".to_owned(),
        "share".to_owned(),
        "last call".to_owned(),
    ]];
    let row = |name: &str, calls: u64, last: String| {
        vec![
            name.to_owned(),
            calls.to_string(),
            format!("{} %", calls * 100 / zombie.calls.max(1)),
            last,
        ]
    };
    let shown = zombie.clients.iter().take(CLIENTS);
    rows.extend(
        shown.map(|LiveClient { client, calls, last, .. }| row(client, *calls, time(*last))),
    );
    let rest = zombie.clients.iter().skip(CLIENTS).map(|client| client.calls).sum::<u64>();
    if rest + zombie.others > 0 {
        rows.push(row("others", rest + zombie.others, String::new()));
    }
    table(&rows)
}

/// Writes the operations that were called.
fn operations(operations: &[LoggedOperation]) -> String {
    let heading = ["verb", "path", "operation", "calls", "errors", "clients", "last call"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for one in operations.iter().filter(|one| one.calls > 0) {
        let ExpectedOperation { verb, path, operation, .. } = &one.expected;
        let errors: Vec<String> =
            one.errors.iter().map(|(status, count)| format!("{status}: {count}")).collect();
        let many = if one.others > 0 { " and more" } else { "" };
        let mut row: Vec<String> = [verb, path, operation].map(|text| plain(text)).into();
        row.extend([
            one.calls.to_string(),
            errors.join(", "),
            format!("{}{many}", one.clients.len()),
            one.last.map_or_else(String::new, time),
        ]);
        rows.push(row);
    }
    table(&rows)
}

//! The traffic of a log for people: what is to be looked at first, and then each operation.

use std::fmt;

use super::{ExpectedOperation, LoggedOperation, LoggedTraffic};
use crate::inventory::{
    LiveClient, UndeclaredPath,
    table::{Columns, numbers, plain, span, time},
};

/// The paths and the clients that are shown. All are in the JSON.
const SHOWN: usize = 50;
const CLIENTS: usize = 5;

impl fmt::Display for LoggedTraffic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = span(self.from, self.until);
        writeln!(f, "{} against an access log{span}", plain(&self.name))?;
        write!(f, "\n{}", counts(self))?;
        if !self.untold.is_empty() {
            let place = plain(&self.untold);
            writeln!(
                f,
                "the log does not tell the version, which is in {place}: an operation is one in all versions"
            )?;
        }
        let shadows: Vec<_> = self.shadows().collect();
        let zombies: Vec<_> = self.zombies().collect();
        if !(zombies.is_empty() && shadows.is_empty() && self.orphans().next().is_none()) {
            let heading = ["found", "verb", "path", "operation", "calls", "answered", "last call"];
            let found = Columns::headed(heading)
                .with(zombies.iter().map(|one| operation("zombie", one)))
                .with(shadows.iter().take(SHOWN).map(|path| shadow(path)))
                .with(self.orphans().map(|one| operation("orphan", one)));
            write!(f, "\n{found}")?;
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

/// Writes the numbers of the log.
fn counts(traffic: &LoggedTraffic) -> String {
    numbers(&[
        ("lines", traffic.lines, ""),
        ("no request", traffic.unread, "of another format, too long, or no text"),
        ("requests", traffic.requests, ""),
        ("besides", traffic.besides, "documents, and questions of browsers"),
        ("noise", traffic.noise, "what scanners ask every server for, and did not get"),
        ("not listed", traffic.unlisted, "paths that nobody declared, too many to be told apart"),
        ("zombies", traffic.zombies().count() as u64, "deprecated or past the sunset, and called"),
        ("shadows", traffic.shadows().count() as u64, "not declared, and answered or asked for"),
        ("orphans", traffic.orphans().count() as u64, "declared, and never called"),
    ])
}

fn operation(found: &str, one: &LoggedOperation) -> [String; 7] {
    let ExpectedOperation { verb, path, operation, .. } = &one.expected;
    let answered = one.calls - one.errors.values().sum::<u64>();
    let last = one.last.map_or_else(|| "never".to_owned(), time);
    let [found, verb, path, operation] = [found, verb, path, operation].map(str::to_owned);
    [found, verb, path, operation, one.calls.to_string(), answered.to_string(), last]
}

fn shadow(path: &UndeclaredPath) -> [String; 7] {
    let UndeclaredPath { method, path, calls, answered, last, .. } = path;
    let [found, method, path, name] = ["shadow", method, path, ""].map(str::to_owned);
    [found, method, path, name, calls.to_string(), answered.to_string(), time(*last)]
}

/// Writes who calls a zombie.
fn clients(zombie: &LoggedOperation) -> Columns<4> {
    let ExpectedOperation { operation, verb, path, .. } = &zombie.expected;
    let name = if operation.is_empty() { format!("{verb} {path}") } else { operation.clone() };
    let row = |name: &str, calls: u64, last: String| {
        let share = format!("{} %", calls * 100 / zombie.calls.max(1));
        [name.to_owned(), calls.to_string(), share, last]
    };
    let heading = format!("clients of {name}");
    let shown = zombie.clients.iter().take(CLIENTS);
    let shown =
        shown.map(|LiveClient { client, calls, last, .. }| row(client, *calls, time(*last)));
    let table = Columns::headed([&heading, "calls", "share", "last call"]).with(shown);
    let rest = zombie.clients.iter().skip(CLIENTS).map(|client| client.calls).sum::<u64>();
    let rest = Some(rest + zombie.others).filter(|calls| *calls > 0);
    table.with(rest.map(|calls| row("others", calls, String::new())))
}

/// Writes the operations that were called.
fn operations(operations: &[LoggedOperation]) -> Columns<7> {
    let called = operations.iter().filter(|one| one.calls > 0);
    let rows = called.map(|one| {
        let ExpectedOperation { verb, path, operation, .. } = &one.expected;
        let errors: Vec<String> =
            one.errors.iter().map(|(status, count)| format!("{status}: {count}")).collect();
        let many = if one.others > 0 { " and more" } else { "" };
        let [verb, path, operation] = [verb, path, operation].map(String::clone);
        let clients = format!("{}{many}", one.clients.len());
        let last = one.last.map_or_else(String::new, time);
        [verb, path, operation, one.calls.to_string(), errors.join(", "), clients, last]
    });
    let heading = ["verb", "path", "operation", "calls", "errors", "clients", "last call"];
    Columns::headed(heading).with(rows)
}

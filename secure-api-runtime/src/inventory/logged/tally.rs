//! The count of a log's lines: each for its operation, or for a path that nobody declared.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, btree_map::Entry},
    io::{self, BufRead},
};

use super::{Expected, LoggedOperation, LoggedTraffic, paths::Paths, table::Table};
use crate::{
    access_log::{Line, Lines, read},
    inventory::{
        LiveClient, UndeclaredPath,
        live::{CLIENTS, is_noise, normalized},
    },
    ledger::{AppLedger, Name},
};

/// The count of a log.
pub(super) struct Tally {
    names: AppLedger,
    table: Table,
    traffic: LoggedTraffic,
    /// The clients of each operation.
    clients: Vec<HashMap<Name, LiveClient>>,
    /// The paths that nobody declared and something answers, apart from those that nothing does: whoever asks for what is not there
    /// does not hide what is.
    answered: Paths,
    missed: Paths,
}

impl Tally {
    pub(super) fn new(expected: Expected, names: AppLedger) -> io::Result<Self> {
        let table = Table::new(&expected)?;
        let Expected { name, operations, untold, .. } = expected;
        let clients = operations.iter().map(|_| HashMap::new()).collect();
        let logged = |expected| LoggedOperation { expected, ..Default::default() };
        let operations = operations.into_iter().map(logged).collect();
        let traffic = LoggedTraffic { name, operations, untold, ..Default::default() };
        let (answered, missed) = (Paths::default(), Paths::default());
        Ok(Self { names, table, traffic, clients, answered, missed })
    }

    /// Reads a log to its end.
    pub(super) fn read(mut self, log: impl BufRead) -> io::Result<LoggedTraffic> {
        let mut lines = Lines::of(log);
        while let Some(line) = lines.next()? {
            // Nothing stands in an empty one, as there may be between two logs.
            if line.is_some_and(str::is_empty) {
                continue;
            }
            self.traffic.lines += 1;
            match line.and_then(read) {
                Some(line) => self.count(&line),
                None => self.traffic.unread += 1,
            }
        }
        Ok(self.told())
    }

    fn count(&mut self, line: &Line<'_>) {
        let at = i64::try_from(line.at / 1_000_000_000).unwrap_or(i64::MAX);
        let traffic = &mut self.traffic;
        traffic.requests += 1;
        traffic.from = Some(traffic.from.map_or(at, |from| from.min(at)));
        traffic.until = traffic.until.max(Some(at));
        let client = match &line.user {
            Some(user) => self.names.name(&["user", user]),
            None => self.names.name(&["address", &line.address.to_canonical().to_string()]),
        };
        let path = path(&line.target);
        let place = self.table.find(path, &line.method);
        if let Some(place) = place {
            if let Some(index) = place.operation(&line.method) {
                self.call(index, line.status, at, client);
                return;
            }
            if place.is_besides(&line.method) {
                traffic.besides += 1;
                return;
            }
        }
        // Of a path that is declared, the parameters are known.
        let normal = match place {
            Some(place) => Cow::from(&place.path),
            None if path.starts_with('/') => normalized(path).into(),
            // The host of a tunnel, or what is about the whole server.
            None => "/{text}".into(),
        };
        if is_answer(line.status) {
            self.answered.add(&line.method, &normal, at, client);
        } else if is_noise(path) {
            traffic.noise += 1;
        } else {
            self.missed.add(&line.method, &normal, at, client);
        }
    }

    fn call(&mut self, index: usize, status: u16, at: i64, client: Name) {
        let (one, clients) = (&mut self.traffic.operations[index], &mut self.clients[index]);
        one.calls += 1;
        if status >= 400 {
            *one.errors.entry(status).or_default() += 1;
        }
        one.first = Some(one.first.map_or(at, |first| first.min(at)));
        one.last = one.last.max(Some(at));
        let has_come = |day: Option<i64>| day.is_some_and(|day| at >= day);
        if has_come(one.expected.deprecated) || has_come(one.expected.sunset) {
            one.zombie_calls += 1;
        }
        if clients.len() >= CLIENTS && !clients.contains_key(&client) {
            one.others += 1;
            return;
        }
        let client = clients.entry(client).or_insert_with(|| LiveClient {
            client: client.to_string()[..16].to_owned(),
            calls: 0,
            first: at,
            last: at,
        });
        client.calls += 1;
        client.first = client.first.min(at);
        client.last = client.last.max(at);
    }

    fn told(self) -> LoggedTraffic {
        let Self { mut traffic, clients, answered, missed, .. } = self;
        for (one, clients) in traffic.operations.iter_mut().zip(clients) {
            one.clients = clients.into_values().collect();
            one.clients
                .sort_by(|one, other| (other.calls, &one.client).cmp(&(one.calls, &other.client)));
        }
        traffic.unlisted = answered.unlisted + missed.unlisted;
        let mut undeclared = BTreeMap::new();
        for path in answered.told(true).into_iter().chain(missed.told(false)) {
            match undeclared.entry((path.path.clone(), path.method.clone())) {
                Entry::Vacant(free) => drop(free.insert(path)),
                Entry::Occupied(known) => known.into_mut().join(&path, u64::saturating_add),
            }
        }
        let mut undeclared: Vec<UndeclaredPath> = undeclared.into_values().collect();
        undeclared.sort_by(|one, other| {
            (other.answered > 0, other.calls, &one.path, &one.method).cmp(&(
                one.answered > 0,
                one.calls,
                &other.path,
                &other.method,
            ))
        });
        traffic.undeclared = undeclared;
        traffic
    }
}

/// Returns the path of a request's target: without its query, and of a whole URL without its origin.
fn path(target: &str) -> &str {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    match path.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => {
            rest.find('/').map_or("/", |slash| &rest[slash..])
        }
        _ => path,
    }
}

/// Returns `true` for the status of an answer to what was asked, or of a program that failed. A redirection or a refusal may be the
/// same for each path that there is not.
fn is_answer(status: u16) -> bool {
    matches!(status, 200..300 | 304 | 500)
}

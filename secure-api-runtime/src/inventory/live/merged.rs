//! Live inventories made one: of several machines, of a process and the one before it, of what was kept and what was seen since.

use super::{
    LiveInventory, LiveOperation,
    closings::{join_acts, join_closed},
    room::bound,
};
use crate::inventory::UndeclaredPath;

/// The clients of an operation that are told apart, 5 kB for all of them.
pub(in crate::inventory) const CLIENTS: usize = 64;

/// The way in which two counts become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// A sum: they are of different requests.
    Sum,
    /// The later one of two counts of the same requests. Which that is nobody has to know: counts only grow.
    Later,
}

impl Join {
    fn counts(self, one: u64, other: u64) -> u64 {
        match self {
            Self::Sum => one.saturating_add(other),
            Self::Later => one.max(other),
        }
    }
}

/// Adds one inventory to another.
pub(super) fn join(into: &mut LiveInventory, from: &LiveInventory, how: Join) {
    into.since = into.since.min(from.since);
    for operation in &from.operations {
        let is_it = |one: &LiveOperation| {
            one.operation == operation.operation && one.version == operation.version
        };
        match into.operations.iter_mut().find(|one| is_it(one)) {
            Some(one) => join_operation(one, operation, how),
            None => into.operations.push(operation.clone()),
        }
    }
    for path in &from.unmatched {
        match place(&into.unmatched, (&path.path, &path.method)) {
            Ok(place) => into.unmatched[place].join(path, |one, other| how.counts(one, other)),
            Err(place) => into.unmatched.insert(place, path.clone()),
        }
    }
    bound(&mut into.unmatched);
    join_acts(&mut into.acts, &from.acts);
    join_closed(&mut into.closed, &from.closed, &into.acts);
}

/// Returns the place of a path in a list, or that at which it would be.
pub(super) fn place(list: &[UndeclaredPath], key: (&str, &str)) -> Result<usize, usize> {
    list.binary_search_by(|one| (&*one.path, &*one.method).cmp(&key))
}

/// Puts a list into the order in which it is looked into.
pub(super) fn sorted(list: &mut [UndeclaredPath]) {
    list.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
}

/// Adds the calls of one operation to those that are known.
pub(super) fn join_operation(into: &mut LiveOperation, from: &LiveOperation, how: Join) {
    into.since = earliest(into.since, from.since);
    // What is added comes from a build that runs. What was read before says nothing new: two builds would take turns for ever.
    if how == Join::Sum {
        (into.deprecated, into.sunset) = (from.deprecated, from.sunset);
    }
    into.zombie_since = earliest(into.zombie_since, from.zombie_since);
    into.calls = how.counts(into.calls, from.calls);
    for (problem, count) in &from.refused {
        let refused = into.refused.entry(problem.clone()).or_default();
        *refused = how.counts(*refused, *count);
    }
    into.first = earliest(into.first, from.first);
    into.last = into.last.max(from.last);
    into.failed = into.failed.max(from.failed);
    into.orphan_since = earliest(into.orphan_since, from.orphan_since)
        .filter(|since| into.last.is_none_or(|last| last < *since));
    into.strangers = how.counts(into.strangers, from.strangers);
    into.others = how.counts(into.others, from.others);
    for client in &from.clients {
        let place = into.clients.iter().position(|one| one.client == client.client);
        match place {
            Some(place) => {
                let one = &mut into.clients[place];
                one.calls = how.counts(one.calls, client.calls);
                one.first = one.first.min(client.first);
                one.last = one.last.max(client.last);
            }
            None if into.clients.len() < CLIENTS => into.clients.push(client.clone()),
            None if how == Join::Sum => into.others = into.others.saturating_add(client.calls),
            // The later one counts it among the others.
            None => {}
        }
    }
}

fn earliest(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.into_iter().chain(other).min()
}

#[cfg(test)]
mod tests {
    use super::super::room::PATHS;
    use super::{super::LiveClient, *};

    fn client(name: usize, calls: u64) -> LiveClient {
        LiveClient { client: format!("{name:016x}"), calls, first: 1, last: 2 }
    }

    fn seen(clients: std::ops::Range<usize>, paths: &[(&str, &str)]) -> LiveInventory {
        let clients: Vec<_> = clients.map(|name| client(name, 3)).collect();
        let operation = LiveOperation {
            operation: "get_order".to_owned(),
            version: "v1".to_owned(),
            calls: clients.iter().map(|client| client.calls).sum(),
            refused: [("about:blank".to_owned(), 2)].into(),
            clients,
            first: Some(1),
            last: Some(2),
            ..Default::default()
        };
        let unmatched = paths.iter().map(|(path, client)| UndeclaredPath {
            method: "GET".to_owned(),
            path: (*path).to_owned(),
            calls: 1,
            clients: 1,
            client: Some((*client).to_owned()),
            ..Default::default()
        });
        let unmatched = unmatched.collect();
        LiveInventory { since: 1, operations: vec![operation], unmatched, ..Default::default() }
    }

    #[test]
    fn no_call_is_lost_where_clients_are_more_than_are_told_apart() {
        let mut one = seen(0..40, &[]);
        join(&mut one, &seen(30..90, &[]), Join::Sum);
        let joined = &one.operations[0];
        assert_eq!((joined.clients.len(), joined.calls), (CLIENTS, 300));
        let known: u64 = joined.clients.iter().map(|client| client.calls).sum();
        assert_eq!(known + joined.others, joined.calls);
        assert_eq!(joined.refused["about:blank"], 4);
        let before = one.clone();
        join(&mut one, &before, Join::Later);
        assert_eq!(one, before, "what was read twice is counted once");
    }

    #[test]
    fn two_clients_of_two_machines_make_a_shadow() {
        let mut one = seen(0..0, &[("/b", "x"), ("/c", "x")]);
        join(&mut one, &seen(0..0, &[("/a", "x"), ("/b", "x"), ("/c", "y")]), Join::Sum);
        let clients: Vec<_> =
            one.unmatched.iter().map(|path| (&*path.path, path.clients)).collect();
        assert_eq!(clients, [("/a", 1), ("/b", 1), ("/c", 2)]);
    }

    #[test]
    fn counts_that_are_full_stay_so() {
        let mut one = seen(0..CLIENTS, &[("/a", "x")]);
        one.operations[0].calls = u64::MAX - 1;
        one.operations[0].others = u64::MAX;
        one.operations[0].clients[0].calls = u64::MAX;
        one.operations[0].strangers = u64::MAX;
        one.operations[0].zombie_since = Some(1);
        one.operations[0].refused.insert("about:blank".to_owned(), u64::MAX);
        one.unmatched[0].calls = u64::MAX;
        let mut other = one.clone();
        other.operations[0].clients.push(client(900, u64::MAX));
        join(&mut one, &other, Join::Sum);
        let joined = &one.operations[0];
        let counts = [joined.calls, joined.others, joined.strangers, joined.clients[0].calls];
        assert_eq!(counts, [u64::MAX; 4]);
        assert_eq!((joined.refused["about:blank"], one.unmatched[0].calls), (u64::MAX, u64::MAX));
        assert_eq!(joined.refused_calls(), 0);
        assert!(!one.to_string().is_empty());
    }

    #[test]
    fn what_is_noise_on_one_machine_alone_is_none() {
        let mut one = seen(0..0, &[("/v1/{text}", "x")]);
        let other = one.clone();
        one.unmatched[0].noise = true;
        join(&mut one, &other, Join::Sum);
        assert!(!one.unmatched[0].noise);
    }

    #[test]
    fn shadows_outlast_what_one_client_asked_for() {
        let names: Vec<String> = (0..PATHS).map(|name| format!("/p{name:04}")).collect();
        let paths: Vec<_> = names.iter().map(|name| (&**name, "x")).collect();
        let mut one = seen(0..0, &paths);
        // It is the one that was asked for longest ago.
        one.unmatched.iter_mut().for_each(|path| path.last = 5);
        (one.unmatched[0].clients, one.unmatched[0].last) = (2, 1);
        let mut other = seen(0..0, &[("/z", "x")]);
        other.unmatched[0].last = 6;
        join(&mut one, &other, Join::Sum);
        assert_eq!(one.unmatched.len(), PATHS);
        assert!(one.unmatched.iter().any(|path| path.path == "/p0000"));
    }
}

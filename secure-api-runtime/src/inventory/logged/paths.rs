//! Paths that nobody declared, grouped: what differs from request to request is one line, and of names that are too many one too.

use std::collections::BTreeMap;

use crate::{inventory::UndeclaredPath, ledger::Name};

/// The paths that are told apart, some 2 MB of them.
const MOST: usize = 4096;

/// The names at one place that are told apart. More are values that look like names, as the titles of articles.
const NAMES: usize = 32;

/// The methods of one path that are told apart: there are nine, and whoever asks may make up more.
const METHODS: usize = 12;

/// The place of a name that is a value.
const TEXT: &str = "{text}";

/// The paths, by their segments.
#[derive(Debug, Default)]
pub(super) struct Paths {
    root: Node,
    count: usize,
    /// The requests that are in none.
    pub(super) unlisted: u64,
}

#[derive(Debug, Default)]
struct Node {
    below: BTreeMap<Box<str>, Node>,
    /// `true` once its names were too many.
    is_grouped: bool,
    seen: BTreeMap<Box<str>, Seen>,
}

/// The requests of one method and path.
#[derive(Debug, Clone, Copy)]
struct Seen {
    calls: u64,
    client: Name,
    clients: u8,
    first: i64,
    last: i64,
}

impl Paths {
    /// Notes a request by a client, of a path without what differs from request to request.
    pub(super) fn add(&mut self, method: &str, normal: &str, at: i64, client: Name) {
        let mut node = &mut self.root;
        for (depth, segment) in normal.split('/').skip(1).enumerate() {
            // What stands first are the parts of a site, and not its values.
            let may_group = depth > 0 && !segment.starts_with(['{', '…']);
            let known = node.below.contains_key(segment);
            if may_group && !known && !node.is_grouped && node.below.len() >= NAMES {
                self.count -= node.group();
            }
            let segment = if may_group && node.is_grouped { TEXT } else { segment };
            if !node.below.contains_key(segment) {
                if self.count >= MOST {
                    self.unlisted += 1;
                    return;
                }
                self.count += 1;
                node.below.insert(segment.into(), Node::default());
            }
            let Some(below) = node.below.get_mut(segment) else {
                unreachable!("it was there, or it is now")
            };
            node = below;
        }
        let method: String = method.chars().take(16).collect();
        let is_new = !node.seen.contains_key(&*method);
        if is_new && node.seen.len() >= METHODS {
            self.unlisted += 1;
            return;
        }
        let new = Seen { calls: 1, client, clients: 1, first: at, last: at };
        match node.seen.get_mut(&*method) {
            Some(seen) => seen.join(&new),
            None => drop(node.seen.insert(method.into(), new)),
        }
    }

    /// Returns all of them. Those of this list were answered, or not.
    pub(super) fn told(&self, are_answered: bool) -> Vec<UndeclaredPath> {
        let mut told = Vec::new();
        self.root.tell(&mut String::new(), are_answered, &mut told);
        told
    }
}

impl Node {
    /// Makes one of all its names. Returns the number of nodes that are gone.
    fn group(&mut self) -> usize {
        self.is_grouped = true;
        let known = self.below.remove(TEXT);
        // Where there was none, one of the names is the one that is left.
        let left = usize::from(known.is_none());
        let mut one = known.unwrap_or_default();
        let (names, kept): (BTreeMap<_, _>, _) = std::mem::take(&mut self.below)
            .into_iter()
            .partition(|(name, _)| !name.starts_with(['{', '…']));
        self.below = kept;
        let gone: usize = names.into_values().map(|node| 1 + one.join(node)).sum();
        self.below.insert(TEXT.into(), one);
        gone.saturating_sub(left)
    }

    /// Adds another one. Returns the number of nodes that are gone.
    fn join(&mut self, other: Self) -> usize {
        for (method, seen) in other.seen {
            match self.seen.get_mut(&method) {
                Some(one) => one.join(&seen),
                None => drop(self.seen.insert(method, seen)),
            }
        }
        self.is_grouped |= other.is_grouped;
        let mut gone = 0;
        for (name, node) in other.below {
            match self.below.get_mut(&name) {
                Some(one) => gone += 1 + one.join(node),
                None => drop(self.below.insert(name, node)),
            }
        }
        gone
    }

    fn tell(&self, path: &mut String, are_answered: bool, told: &mut Vec<UndeclaredPath>) {
        for (method, &Seen { calls, clients, first, last, .. }) in &self.seen {
            let answered = if are_answered { calls } else { 0 };
            let (method, path) = (method.to_string(), path.clone());
            let one = UndeclaredPath { method, path, calls, answered, ..Default::default() };
            told.push(UndeclaredPath { clients, first, last, ..one });
        }
        for (name, node) in &self.below {
            let length = path.len();
            path.push('/');
            path.push_str(name);
            node.tell(path, are_answered, told);
            path.truncate(length);
        }
    }
}

impl Seen {
    fn join(&mut self, other: &Self) {
        self.calls += other.calls;
        if self.client != other.client || other.clients > 1 {
            self.clients = 2;
        }
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(number: u8) -> Name {
        Name::from([number; 16])
    }

    fn told(paths: &Paths) -> Vec<(String, u64)> {
        paths.told(true).into_iter().map(|one| (one.path, one.calls)).collect()
    }

    #[test]
    fn what_differs_is_one_line() {
        let mut paths = Paths::default();
        for number in 0..500 {
            paths.add("GET", "/legacy/{id}", number, client(1));
            let title: String =
                number.to_string().bytes().map(|digit| char::from(digit + 49)).collect();
            paths.add("GET", &format!("/blog/x{title}/comments"), number, client(2));
        }
        let wanted = [("/blog/{text}/comments", 500), ("/legacy/{id}", 500)];
        let wanted: Vec<_> = wanted.map(|(path, calls)| (path.to_owned(), calls)).into();
        assert_eq!(told(&paths), wanted);
        assert_eq!(paths.count, 5);
    }

    impl Node {
        fn count(&self) -> usize {
            self.below.values().map(|node| 1 + node.count()).sum()
        }
    }

    #[test]
    fn what_is_counted_is_there() {
        let word = |number: u8| char::from(b'a' + number % 26).to_string().repeat(3);
        for before in [&["/blog/{text}", "/blog/{text}/x"][..], &[]] {
            let mut paths = Paths::default();
            for path in before {
                paths.add("GET", path, 1, client(1));
            }
            for number in 0..u8::try_from(NAMES + 8).expect("few") {
                let path = format!("/blog/{}{number}/{}", word(number), word(number));
                paths.add("GET", &path, 1, client(1));
            }
            assert_eq!(paths.count, paths.root.count(), "after {before:?}");
        }
    }

    #[test]
    fn few_names_stay() {
        let mut paths = Paths::default();
        for name in ["a", "b", "c"] {
            paths.add("GET", &format!("/v1/{name}"), 1, client(1));
        }
        assert_eq!(told(&paths).len(), 3);
    }

    #[test]
    fn whoever_asks_for_everything_does_not_fill_the_memory() {
        let mut paths = Paths::default();
        let words = |number: usize| -> String {
            number.to_string().bytes().map(|digit| char::from(digit + 49)).collect()
        };
        for number in 0..20_000 {
            paths.add(&format!("M{number}"), &format!("/x{}", words(number)), 1, client(1));
            paths.add(&format!("M{number}"), "/v1", 1, client(1));
        }
        let listed: u64 = told(&paths).iter().map(|(_, calls)| calls).sum();
        assert_eq!(listed + paths.unlisted, 40_000);
        assert!(told(&paths).len() < MOST + METHODS);
    }
}

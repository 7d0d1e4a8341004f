//! Places where what was created is found: the paths that a GET reads, behind those that make something.

use std::collections::BTreeSet;

use crate::cli::import::read::operation::{Answer, Api, Operation};

/// The paths behind which a GET reads one thing by its key, and those that it reads, without names of parameters.
pub(super) struct Found(BTreeSet<String>);

impl Found {
    /// Finds them in a document.
    pub(super) fn of(api: &Api<'_>) -> Self {
        let mut found = BTreeSet::new();
        for one in api.operations.iter().filter(|one| one.verb == "GET") {
            let path = nameless(one.place);
            found.extend(path.strip_suffix("/{}").map(|behind| format!("POST {behind}")));
            found.insert(format!("PUT {path}"));
        }
        Self(found)
    }

    /// Returns `true` if an answer says where something is found, or the document has a place for that.
    pub(super) fn tells(&self, operation: &Operation<'_>, answer: &Answer<'_>) -> bool {
        let stated = answer.headers.iter().any(|(name, ..)| name.eq_ignore_ascii_case("location"));
        stated || self.0.contains(&format!("{} {}", operation.verb, nameless(operation.place)))
    }
}

/// Returns a path without the names of its parameters and without a slash at its end.
fn nameless(path: &str) -> String {
    let mut parts = path.trim_end_matches('/').split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |shown, part| {
        let behind = part.split_once('}').map_or("", |(_, behind)| behind);
        shown + "{}" + behind
    })
}

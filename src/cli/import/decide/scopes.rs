//! Scopes of alternatives: what is demanded of every caller, so that whoever is let in is let in by one of the alternatives too.

use std::collections::{BTreeMap, BTreeSet};

use super::reason::{self, Reason};

/// The scopes of an alternative, with the kinds of credentials that it asks for.
pub(super) type Asked = (Vec<usize>, BTreeSet<String>);

/// The scopes that are demanded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// Each of these.
    pub(super) all: BTreeSet<String>,
    /// One of these, if there are some.
    pub(super) any: BTreeSet<String>,
}

/// Returns what is demanded of callers, whichever credentials they have. A route demands the same of each kind: where one kind needs
/// fewer scopes, it needs those of the others too, since without them a token would do less than the document asks of it.
pub(super) fn demanded(asked: &[Asked]) -> Result<Demand, &'static Reason> {
    let mut of_kinds: BTreeMap<BTreeSet<usize>, Vec<&BTreeSet<String>>> = BTreeMap::new();
    for (place, (kinds, scopes)) in asked.iter().enumerate() {
        // Whoever has what another alternative asks for is let in by that one.
        let is_further = asked.iter().enumerate().any(|(other_place, (other, fewer))| {
            let is_less = other.iter().all(|kind| kinds.contains(kind)) && fewer.is_subset(scopes);
            let is_same = other.len() == kinds.len() && fewer.len() == scopes.len();
            is_less && (!is_same || other_place < place)
        });
        if !is_further {
            of_kinds.entry(kinds.iter().copied().collect()).or_default().push(scopes);
        }
    }
    let demands: Vec<Demand> = of_kinds.values().map(|sets| of_one(sets)).collect();
    let all: BTreeSet<String> = demands.iter().flat_map(|one| &one.all).cloned().collect();
    let mut lists: BTreeSet<BTreeSet<String>> = demands.into_iter().map(|one| one.any).collect();
    lists.retain(|any| !any.is_empty() && any.is_disjoint(&all));
    let any = lists.pop_first().unwrap_or_default();
    if lists.is_empty() { Ok(Demand { all, any }) } else { Err(&reason::MIXED_SCOPES) }
}

/// Returns what is demanded of callers with the same credentials. One of several scopes is a role, and that several are needed
/// together is what no list of roles says: of alternatives that ask for several, one counts, and only where there is no other.
fn of_one(sets: &[&BTreeSet<String>]) -> Demand {
    let common = sets.iter().map(|scopes| (*scopes).clone());
    let common = common.reduce(|one, other| &one & &other).unwrap_or_default();
    let left: Vec<BTreeSet<String>> = sets.iter().map(|scopes| *scopes - &common).collect();
    if left.iter().any(BTreeSet::is_empty) {
        return Demand { all: common, any: BTreeSet::new() };
    }
    let any: BTreeSet<String> =
        left.iter().filter(|one| one.len() == 1).flatten().cloned().collect();
    match (any.is_empty(), left.first()) {
        (true, Some(first)) => Demand { all: &common | first, any },
        _ => Demand { all: common, any },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> BTreeSet<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn demand(asked: &[(&[usize], &str)]) -> Option<(BTreeSet<String>, BTreeSet<String>)> {
        let asked: Vec<Asked> =
            asked.iter().map(|(kinds, scopes)| (kinds.to_vec(), set(scopes))).collect();
        demanded(&asked).ok().map(|Demand { all, any }| (all, any))
    }

    #[test]
    fn nobody_is_let_in_with_less_than_an_alternative_asks_for() {
        for (asked, all, any) in [
            (&[(&[0][..], "a b")][..], "a b", ""),
            (&[(&[0], "a"), (&[0], "b")], "", "a b"),
            (&[(&[0], "c a"), (&[0], "c b")], "c", "a b"),
            // The first asks for nothing that the second does not ask for.
            (&[(&[0], "a"), (&[0], "a b")], "a", ""),
            (&[(&[0], ""), (&[0], "b")], "", ""),
            // Several at once are no list of roles.
            (&[(&[0], "a b"), (&[0], "c d")], "a b", ""),
            (&[(&[0], "a b"), (&[0], "c")], "", "c"),
            // Another kind that needs none lets no token in that lacks its own.
            (&[(&[0], "a"), (&[1], "")], "a", ""),
            (&[(&[0], "a"), (&[0], "b"), (&[1], "")], "", "a b"),
            (&[(&[0], "a"), (&[0, 1], "")], "a", ""),
            (&[(&[0], ""), (&[0, 1], "a")], "", ""),
            (&[(&[0, 1], "a"), (&[1, 0], "b")], "", "a b"),
        ] {
            assert_eq!(demand(asked), Some((set(all), set(any))), "{asked:?}");
        }
        assert_eq!(demand(&[(&[0], "a"), (&[0], "b"), (&[1], "c"), (&[1], "d")]), None);
    }
}

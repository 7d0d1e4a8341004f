//! Paths that may be each other, since a parameter is a part of a segment: `/pets/{id}.json` beside `/pets/all.json`.

use std::collections::BTreeMap;

use super::{
    plan::{OperationPlan, Piece},
    reason,
};

/// The pieces of a segment, without the numbers of its parameters.
type Shape<'p> = Vec<Option<&'p str>>;

/// The paths that have a parameter in a part of a segment, by what stands in each of their segments.
#[derive(Default)]
struct Branch<'p> {
    /// The next segments that are a word or a parameter as a whole.
    whole: BTreeMap<Shape<'p>, Self>,
    /// The next segments that have a parameter in a part of them.
    inside: BTreeMap<Shape<'p>, Self>,
    /// The first operation whose path ends here.
    first: Option<usize>,
}

impl Branch<'_> {
    /// Returns `true` if a path may be one of these that is another one, of an operation before this number. The bool is `true` as long
    /// as both have the same shape.
    fn meets(&self, segments: &[Vec<Piece>], before: usize, same: bool) -> bool {
        let [segment, rest @ ..] = segments else {
            return !same && self.first.is_some_and(|first| first < before);
        };
        let own = shape(segment);
        let exact = self.whole.get(&own).map(|branch| (&own, branch));
        let words = self.whole.iter().filter(|_| is_inside(segment));
        let may_be = |(other, _): &(&Shape<'_>, &Self)| may_be_one(&own, other);
        let others = words.chain(&self.inside).filter(may_be);
        exact
            .into_iter()
            .chain(others)
            .any(|(other, branch)| branch.meets(rest, before, same && *other == own))
    }
}

/// Notes of each operation if its path may be that of another one, whatever the types of the keys are. Of two it is the one without
/// such a parameter, or else the later one.
pub(super) fn compare(operations: &mut [OperationPlan]) {
    let mut paths: BTreeMap<(usize, usize), Branch<'_>> = BTreeMap::new();
    for (number, one) in operations.iter().enumerate().filter(|(_, one)| has_inside(one)) {
        let mut branch = paths.entry((one.version, one.segments.len())).or_default();
        for segment in &one.segments {
            let next = if is_inside(segment) { &mut branch.inside } else { &mut branch.whole };
            branch = next.entry(shape(segment)).or_default();
        }
        branch.first.get_or_insert(number);
    }
    let mut met = Vec::new();
    for (number, one) in operations.iter().enumerate() {
        let before = if has_inside(one) { number } else { usize::MAX };
        let known = paths.get(&(one.version, one.segments.len()));
        if known.is_some_and(|branch| branch.meets(&one.segments, before, true)) {
            met.push(number);
        }
    }
    for number in met {
        operations[number].reasons.insert(&reason::PATH_MEETS);
    }
}

fn has_inside(one: &OperationPlan) -> bool {
    one.segments.iter().any(|segment| is_inside(segment))
}

fn is_inside(segment: &[Piece]) -> bool {
    segment.len() > 1 && segment.iter().any(|piece| matches!(piece, Piece::Parameter(_)))
}

fn shape(segment: &[Piece]) -> Shape<'_> {
    segment.iter().map(literal).collect()
}

fn literal(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Literal(text) => Some(text),
        Piece::Parameter(_) => None,
    }
}

/// Returns `true` if two segments may be the same. A key that is a whole segment may be kept from it by its type.
fn may_be_one(one: &[Option<&str>], other: &[Option<&str>]) -> bool {
    match (one, other) {
        ([None], [None]) => true,
        ([None], _) | (_, [None]) => false,
        _ => {
            let (begin, end) = ends(one);
            let (other_begin, other_end) = ends(other);
            match (one.len() > 1, other.len() > 1) {
                (false, false) => one == other,
                (true, false) => is_between(other_begin, begin, end),
                (false, true) => is_between(begin, other_begin, other_end),
                (true, true) => {
                    (begin.starts_with(other_begin) || other_begin.starts_with(begin))
                        && (end.ends_with(other_end) || other_end.ends_with(end))
                }
            }
        }
    }
}

/// Returns what a segment begins and ends with.
fn ends<'p>(segment: &[Option<&'p str>]) -> (&'p str, &'p str) {
    let end = |piece: Option<&Option<&'p str>>| piece.copied().flatten().unwrap_or_default();
    (end(segment.first()), end(segment.last()))
}

fn is_between(word: &str, begin: &str, end: &str) -> bool {
    word.len() > begin.len() + end.len() && word.starts_with(begin) && word.ends_with(end)
}

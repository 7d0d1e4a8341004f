//! Letters that a key may not hold: those that end it where another one follows in its segment, and those that tell it apart from a
//! segment that another path has in its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::import::decide::plan::{OperationPlan, Piece};

/// The paths that have a parameter in a part of a segment, by their version, how many segments they have, and what stands in each.
#[derive(Default)]
pub(super) struct Marked<'p>(BTreeMap<(usize, usize), Branch<'p>>);

/// Paths that begin with the same segments.
#[derive(Default)]
struct Branch<'p> {
    /// The next segments: a word, or nothing where it has a parameter.
    next: BTreeMap<Option<&'p str>, Branch<'p>>,
    /// The marks of the paths that end here, each by the number of its segment.
    marks: BTreeSet<(usize, char)>,
}

impl<'p> Marked<'p> {
    /// Finds them among all operations.
    pub(super) fn of(told: &[&'p OperationPlan]) -> Self {
        let mut paths = Self::default();
        for one in told {
            let marks = one.segments.iter().enumerate().filter(|(_, segment)| segment.len() > 1);
            let marks: Vec<_> =
                marks.filter_map(|(at, segment)| Some((at, first(segment)?))).collect();
            if marks.is_empty() {
                continue;
            }
            let mut branch = paths.0.entry((one.version, one.segments.len())).or_default();
            for segment in &one.segments {
                branch = branch.next.entry(word(segment)).or_default();
            }
            branch.marks.extend(marks);
        }
        paths
    }

    /// Returns the marks of paths that may be this one, whatever stands in their parameters.
    fn meeting(&self, one: &OperationPlan) -> BTreeSet<(usize, char)> {
        let mut branches: Vec<&Branch<'_>> =
            self.0.get(&(one.version, one.segments.len())).into_iter().collect();
        for segment in &one.segments {
            let word = word(segment);
            let next = branches.into_iter().flat_map(|branch| {
                let exact = word.into_iter().flat_map(|word| {
                    [Some(word), None].into_iter().filter_map(|word| branch.next.get(&word))
                });
                let any = branch.next.values().filter(|_| word.is_none());
                exact.chain(any)
            });
            branches = next.collect();
        }
        branches.into_iter().flat_map(|branch| &branch.marks).copied().collect()
    }

    /// Returns the letters that a parameter may not hold.
    pub(super) fn kept_out(&self, one: &OperationPlan, number: usize) -> BTreeSet<char> {
        let mut letters = BTreeSet::new();
        let own = Piece::Parameter(number);
        let Some(at) = one.segments.iter().position(|segment| segment.contains(&own)) else {
            return letters;
        };
        let segment = &one.segments[at];
        let place = segment.iter().position(|piece| *piece == own).unwrap_or_default();
        if let [Piece::Literal(literal), Piece::Parameter(_), ..] = &segment[place + 1..] {
            letters.extend(mark(literal).or_else(|| literal.chars().next()));
        }
        if segment.len() == 1 {
            let marks = self.meeting(one).into_iter().filter(|(of, _)| *of == at);
            letters.extend(marks.map(|(_, letter)| letter));
        }
        letters
    }
}

/// Returns the word that a segment is; nothing of one that has a parameter.
fn word(segment: &[Piece]) -> Option<&str> {
    match segment {
        [Piece::Literal(word)] => Some(word),
        _ => None,
    }
}

/// Returns the first mark of a segment.
fn first(segment: &[Piece]) -> Option<char> {
    segment.iter().find_map(|piece| match piece {
        Piece::Literal(literal) => mark(literal),
        Piece::Parameter(_) => None,
    })
}

/// Returns a letter of a literal that keys seldom have.
fn mark(literal: &str) -> Option<char> {
    literal.chars().find(|letter| !letter.is_ascii_alphanumeric())
}

/// Returns the pattern of texts without these letters.
pub(super) fn without(letters: &BTreeSet<char>) -> Option<String> {
    let class: String = letters.iter().map(|letter| format!("\\{letter}")).collect();
    (!letters.is_empty()).then(|| format!("^[^{class}]+$"))
}

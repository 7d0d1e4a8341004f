//! Paths that may be each other, since a parameter is a part of a segment: `/pets/{id}.json` beside `/pets/all.json`.

use super::{
    plan::{OperationPlan, Piece},
    reason,
};

/// Notes of each operation if its path may be that of another one, whatever the types of the keys are. Of two it is the one without
/// such a parameter, or else the later one.
pub(super) fn compare(operations: &mut [OperationPlan]) {
    let inside: Vec<usize> =
        (0..operations.len()).filter(|number| has_inside(&operations[*number])).collect();
    let mut met = Vec::new();
    for (number, one) in operations.iter().enumerate() {
        let is_inside = has_inside(one);
        let meets = inside
            .iter()
            .any(|other| (!is_inside || *other < number) && may_meet(one, &operations[*other]));
        if meets {
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

fn may_meet(one: &OperationPlan, other: &OperationPlan) -> bool {
    one.version == other.version
        && one.segments.len() == other.segments.len()
        && shape(one) != shape(other)
        && one.segments.iter().zip(&other.segments).all(|(one, other)| may_be_one(one, other))
}

/// Returns the segments without the numbers of their parameters.
fn shape(one: &OperationPlan) -> Vec<Vec<Option<&str>>> {
    one.segments.iter().map(|segment| segment.iter().map(literal).collect()).collect()
}

fn literal(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Literal(text) => Some(text),
        Piece::Parameter(_) => None,
    }
}

/// Returns `true` if two segments may be the same. A key that is a whole segment may be kept from it by its type.
fn may_be_one(one: &[Piece], other: &[Piece]) -> bool {
    match (one, other) {
        ([Piece::Parameter(_)], [Piece::Parameter(_)]) => true,
        ([Piece::Parameter(_)], _) | (_, [Piece::Parameter(_)]) => false,
        _ => {
            let (begin, end) = ends(one);
            let (other_begin, other_end) = ends(other);
            match (is_inside(one), is_inside(other)) {
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
fn ends(segment: &[Piece]) -> (&str, &str) {
    let begin = segment.first().and_then(literal).unwrap_or_default();
    (begin, segment.last().and_then(literal).unwrap_or_default())
}

fn is_between(word: &str, begin: &str, end: &str) -> bool {
    word.len() > begin.len() + end.len() && word.starts_with(begin) && word.ends_with(end)
}

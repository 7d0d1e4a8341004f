//! Parts of a schema, and their sum: of two bounds the narrower one, of two schemas both.

use serde_json::Value;

use super::At;

/// The keywords that say nothing of values.
const WORDS: [&str; 9] = [
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
];

/// Returns the schemas that say something of values, or the first where none does: a name is often repeated with a description alone.
pub(in crate::cli::import) fn told<'a>(parts: &[At<'a>]) -> Vec<At<'a>> {
    let tells = |at: &&At<'_>| {
        let is_word = |name: &String| WORDS.contains(&&**name) || name.starts_with("x-");
        let is_anything = *at.value == Value::Bool(true);
        !is_anything && at.object().is_none_or(|members| !members.keys().all(is_word))
    };
    let told: Vec<At<'a>> = parts.iter().filter(tells).cloned().collect();
    if told.is_empty() { parts.iter().take(1).cloned().collect() } else { told }
}

/// A bound of a number, and `true` if it is no value itself.
type Bound = Option<(f64, bool)>;

/// Returns the larger of two lower bounds. Of the same number, the one that leaves it out is narrower.
pub(super) fn higher(one: Bound, other: Bound) -> Bound {
    let is_narrower =
        |one: (f64, bool), other: (f64, bool)| other.0 > one.0 || (other.0 == one.0 && other.1);
    [one, other]
        .into_iter()
        .flatten()
        .reduce(|one, other| if is_narrower(one, other) { other } else { one })
}

/// Returns the smaller of two upper bounds.
pub(super) fn nearer(one: Bound, other: Bound) -> Bound {
    let negated = |bound: Bound| bound.map(|(bound, open)| (-bound, open));
    negated(higher(negated(one), negated(other)))
}

/// Returns the number that multiples of both are multiples of, as far as numbers in binary tell.
pub(super) fn of_both(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    let (Some(one), Some(other)) = (one, other) else { return one.or(other) };
    let is_multiple = |of: f64, one: f64| one != 0.0 && of % one == 0.0;
    let is_whole = |number: f64| number.fract() == 0.0 && (1.0..1e9).contains(&number);
    if is_multiple(one, other) {
        return Some(one);
    }
    if is_multiple(other, one) || !is_whole(one) || !is_whole(other) {
        return Some(other);
    }
    let (mut left, mut right) = (one as u64, other as u64);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    Some(one / left as f64 * other)
}

/// Keeps the larger of two lower bounds and the smaller of two upper ones.
pub(super) fn narrow(bounds: &mut (Option<u64>, Option<u64>), stated: (Option<u64>, Option<u64>)) {
    bounds.0 = [bounds.0, stated.0].into_iter().flatten().max();
    bounds.1 = lower(bounds.1, stated.1);
}

/// Returns the smaller of two bounds.
pub(super) fn lower(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    [one, other].into_iter().flatten().min()
}

//! Numbers between two ends.

use serde_json::{Number, Value};

use crate::inventory::RulesModel;

/// Returns the whole number at this place: of those that are listed, or from 1 on where that is in the range, else from its lower end.
pub(super) fn whole(
    minimum: i128,
    maximum: i128,
    nth: u64,
    rules: Option<&RulesModel>,
) -> Option<Value> {
    if let Some(listed) = rules.and_then(|rules| rules.one_of.as_ref()) {
        return listed.get(usize::try_from(nth).ok()?).copied().map(Value::from);
    }
    let step =
        rules.and_then(|rules| rules.multiple_of).map_or(1, |step| i128::from(step).abs().max(1));
    let first_from = |low: i128| -low.saturating_neg().div_euclid(step) * step;
    let within = |value: &i128| (minimum..=maximum).contains(value);
    let start = Some(first_from(1)).filter(|start| *start >= minimum && within(start));
    let start = start.or(Some(first_from(minimum)).filter(within))?;
    let steps = i128::from(nth);
    let above = start.checked_add(step.checked_mul(steps)?).filter(within);
    let room = (maximum - start).div_euclid(step);
    // Beyond the upper end it goes on below the start.
    let value = above.or_else(|| Some(start - step * (steps - room)).filter(within))?;
    Number::from_i128(value).map(Value::Number)
}

/// Returns the number at this place: the middle of the range, and from there to its upper end, which is not reached.
pub(super) fn decimal(
    minimum: Option<f64>,
    maximum: Option<f64>,
    nth: u64,
    rules: Option<&RulesModel>,
) -> Option<Value> {
    let (low, high) = match (minimum, maximum) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low + 100.0),
        (None, Some(high)) => (high - 100.0, high),
        (None, None) => (0.0, 100.0),
    };
    let share = (nth as f64 + 1.0) / (nth as f64 + 2.0);
    let value = low * (1.0 - share) + high * share;
    let below = rules.is_some_and(|rules| rules.below_maximum);
    let fits = low <= value && if below { value < high } else { value <= high };
    Number::from_f64(value).filter(|_| fits).map(Value::Number)
}

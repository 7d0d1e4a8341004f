//! Whole numbers that are listed, and true or false alone: the check of such a list, what is within it, and what its bounds are.

use super::{Rules, bounds::fail};
use crate::input::{Field, InvalidValue, Level, Needs};

/// The most numbers of a list.
const MOST: usize = 256;

impl Rules {
    /// Lists the whole numbers that there are, in ascending order.
    #[must_use]
    pub const fn one_of(self, numbers: &'static [i64]) -> Self {
        Self { one_of: Some(numbers), ..self }
    }

    /// Sets the one of true and false that there is.
    #[must_use]
    pub const fn only(self, truth: bool) -> Self {
        Self { only: Some(truth), ..self }
    }

    /// Returns the smallest and the largest of the numbers that are listed, if some are.
    pub(in crate::input) fn listed_ends(&self) -> Option<(i128, i128)> {
        let listed = self.one_of?;
        Some((i128::from(*listed.first()?), i128::from(*listed.last()?)))
    }

    /// Refuses a number that is not listed, where some are.
    pub(in crate::input) fn check_listed(&self, value: i128) -> Result<(), InvalidValue> {
        let Some(listed) = self.one_of else { return Ok(()) };
        let is_listed = i64::try_from(value).is_ok_and(|one| listed.binary_search(&one).is_ok());
        if is_listed || crate::weakened::is("range") {
            return Ok(());
        }
        let listed: Vec<String> = listed.iter().map(i64::to_string).collect();
        Err(InvalidValue::composed("choice", format!("one of: {}", listed.join(", "))))
    }

    /// Refuses the other one of true and false, where one alone is there.
    pub(in crate::input) fn check_truth(&self, value: bool) -> Result<bool, InvalidValue> {
        match self.only {
            Some(only) if only != value && !crate::weakened::is("range") => {
                Err(InvalidValue::composed("choice", format!("one of: {only}")))
            }
            Some(_) | None => Ok(value),
        }
    }
}

/// Checks that a list has numbers that its type holds, in ascending order and not too many, and says alone which there are.
#[track_caller]
pub(super) const fn check(field: &Field, levels: &[Level], needs: &Needs, rules: &Rules) {
    let Some(listed) = rules.one_of else { return };
    let wrong = if listed.is_empty() || listed.len() > MOST {
        " has no number, or more than 256\n  help: write `one_of = [1, 5, 17]`, the numbers that there are"
    } else if !is_ascending(listed) {
        " is not in order\n  help: write the smaller numbers first, each once"
    } else if !is_held(listed, needs) {
        " does not fit its type\n  help: write whole numbers that the type can hold"
    } else if rules.range.is_some() || rules.multiple_of.is_some() {
        " stands beside another bound\n  help: remove `range` and `multiple_of`: the list says which numbers there are"
    } else {
        return;
    };
    fail(&["SA532: the list of "], field, levels, &[wrong])
}

const fn is_ascending(listed: &[i64]) -> bool {
    let mut index = 1;
    while index < listed.len() {
        if listed[index - 1] >= listed[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Returns `true` if a type holds the first and the last of numbers in order.
const fn is_held(listed: &[i64], needs: &Needs) -> bool {
    match (needs, listed) {
        (Needs::Whole { lowest, highest }, [first, .., last]) => {
            *first as i128 >= *lowest && *last as i128 <= *highest
        }
        (Needs::Whole { lowest, highest }, [only]) => {
            *only as i128 >= *lowest && *only as i128 <= *highest
        }
        _ => true,
    }
}

//! The kinds of credentials that an operation admits, as `by` states them.

use super::Kind;
use crate::compose::same;

/// The kinds of credentials that an operation admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Each kind that the app has a source of: nothing is stated.
    Unstated,
    /// One of these.
    AnyOf(&'static [Kind]),
    /// All of these together. The first says who is calling.
    AllOf(&'static [Kind]),
    /// One of several alternatives.
    OneOf(Alternatives),
}

/// Alternatives of which some are several kinds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternatives {
    /// All kinds that are named, each once.
    pub kinds: &'static [Kind],
    /// The alternatives. The first kind of each says who is calling.
    pub sets: &'static [&'static [Kind]],
}

impl By {
    /// Returns the kinds that are stated.
    pub const fn kinds(&self) -> &'static [Kind] {
        match self {
            Self::Unstated => &[],
            Self::AnyOf(kinds) | Self::AllOf(kinds) => kinds,
            Self::OneOf(alternatives) => alternatives.kinds,
        }
    }

    /// Returns the alternatives that are stated, each a list of kinds that come together. `None` where nothing is.
    pub(crate) fn sets(&self) -> Option<Vec<&'static [Kind]>> {
        match self {
            Self::Unstated => None,
            Self::AnyOf(kinds) => Some(kinds.chunks(1).collect()),
            Self::AllOf(kinds) => Some(vec![kinds]),
            Self::OneOf(alternatives) => Some(alternatives.sets.to_vec()),
        }
    }

    /// Returns `true` if no caller is known by a kind of this name: kinds are stated, and it is none of them, or not the first of
    /// those that are demanded together.
    pub(crate) const fn lacks(self, name: &str) -> bool {
        match self {
            Self::Unstated => false,
            Self::AnyOf(kinds) => !has(kinds, kinds.len(), name),
            Self::AllOf(kinds) => !has(kinds, 1, name),
            Self::OneOf(Alternatives { sets, .. }) => {
                let mut index = 0;
                while index < sets.len() {
                    if has(sets[index], 1, name) {
                        return false;
                    }
                    index += 1;
                }
                true
            }
        }
    }

    /// Returns this, or where nothing is stated, what is around it.
    #[must_use]
    pub const fn within(self, outer: Self) -> Self {
        match self {
            Self::Unstated => outer,
            stated => stated,
        }
    }
}

/// Returns `true` if one of the first kinds has this name.
const fn has(kinds: &[Kind], first: usize, name: &str) -> bool {
    let mut index = 0;
    while index < first && index < kinds.len() {
        if same(kinds[index].name(), name) {
            return true;
        }
        index += 1;
    }
    false
}

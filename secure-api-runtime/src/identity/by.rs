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
}

impl By {
    /// Returns the kinds that are stated.
    pub const fn kinds(&self) -> &'static [Kind] {
        match self {
            Self::Unstated => &[],
            Self::AnyOf(kinds) | Self::AllOf(kinds) => kinds,
        }
    }

    /// Returns `true` if no caller is known by a kind of this name: kinds are stated, and it is none of them, or not the first of
    /// those that are demanded together.
    pub(crate) const fn lacks(self, name: &str) -> bool {
        let (kinds, mut rest) = match self {
            Self::Unstated => return false,
            Self::AllOf(kinds) => (kinds, 1),
            Self::AnyOf(kinds) => (kinds, kinds.len()),
        };
        while rest > 0 {
            rest -= 1;
            if rest < kinds.len() && same(kinds[rest].name(), name) {
                return false;
            }
        }
        true
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

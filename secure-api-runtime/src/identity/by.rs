//! The kinds of credentials that an operation admits, as `by` states them.

use super::Kind;

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

    /// Returns this, or where nothing is stated, what is around it.
    #[must_use]
    pub const fn within(self, outer: Self) -> Self {
        match self {
            Self::Unstated => outer,
            stated => stated,
        }
    }
}

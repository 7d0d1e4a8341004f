//! The ends of a number that is text, and what a value refers to.

use serde::{Deserialize, Serialize};

/// The ends of a range, as texts of all their digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BetweenModel {
    /// The lower end, which is in it.
    pub low: String,
    /// The upper end.
    pub high: String,
    /// Set where the upper end is in it.
    pub closed: bool,
}

/// The object that a value refers to. It is loaded and permitted before the handler runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The object's type, without modules.
    pub object: String,
    /// The action that the caller has to be permitted.
    pub action: String,
}

//! The error of what cannot be compared, or is not accepted.

use std::fmt;

/// A document or a lock that cannot be read, or an acceptance that names no change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractError(String);

impl ContractError {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ContractError {}

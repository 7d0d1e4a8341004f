//! The errors of making API keys.

use std::{error::Error, fmt};

use crate::object::StoreError;

/// The reason for which a key was not made.
#[derive(Debug)]
#[non_exhaustive]
pub enum ApiKeyError {
    /// The caller lacks a role or a scope that the key was to have, or that the key which is rotated has.
    NotHeld,
    /// The key's name is empty, longer than 80 characters, or has control characters in it.
    Name,
    /// The store failed, or the system gives no randomness.
    Store(StoreError),
}

impl From<StoreError> for ApiKeyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for ApiKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotHeld => f.write_str("a key has no role and no scope that its maker lacks"),
            Self::Name => f.write_str("a key's name has 1 to 80 characters, none of control"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl Error for ApiKeyError {}

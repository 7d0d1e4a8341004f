//! The authentication that an operation asks for.

use serde::{Deserialize, Serialize};

/// The authentication that an operation asks of its callers (RFC 9470).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepUpModel {
    /// The classes that are good enough, one of which it has to be of: `acr`.
    pub acr: Vec<String>,
    /// The methods that it has to have used, all of them: `amr`.
    pub amr: Vec<String>,
    /// The most seconds since.
    pub max_age_seconds: Option<u64>,
}

//! Outage: what a limit does while the ledger that machines share does not answer.

use serde::{Deserialize, Serialize};

/// The decision of a route for the time in which the shared ledger does not answer.
///
/// It is about limits. Credentials whose revocation nobody can ask about, and steps and keys, are refused in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outage {
    /// Requests are refused by 503. The default: who declared a limit is not to find out that it did not hold.
    #[default]
    Closed,
    /// Each machine counts by itself, and admits this part of each count: a fourth for `Local(4)`, and one request at least.
    Local(u32),
}

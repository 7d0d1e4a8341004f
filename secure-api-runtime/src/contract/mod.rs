//! The contract of an API.

mod diff;
mod documents;
mod error;
mod finding;
mod report;
mod rules;
mod schema;

pub use diff::diff;
pub use error::ContractError;
pub use finding::{Finding, Level};
pub use report::Report;
pub use rules::{Rule, all as rules};

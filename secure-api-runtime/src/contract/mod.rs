//! The contract of an API: what it promised, kept as a file, and what changed of it.
//!
//! One model for both uses: shapes are OpenAPI documents, whoever wrote them, and are compared as such; what OpenAPI has no
//! words for stands beside them as facts. Rules are called as oasdiff calls them, where it has them.

mod accept;
mod brownouts;
mod compare;
mod diff;
mod documents;
mod error;
mod facts;
mod finding;
mod lock;
mod report;
mod rules;
mod schema;
mod shapes;

pub use accept::{Acceptance, LOCK, MATRIX, accept, check};
pub use diff::diff;
pub use error::ContractError;
pub use finding::{Finding, Severity};
pub use lock::Contract;
pub use report::Report;
pub use rules::{ContractRule, all as rules};

//! Limits tried against an access log: whom they would have refused, and how often callers really call.
//!
//! It is the arithmetic that enforces them, the same cells and the same stages, with the times of the log for a clock. Whose
//! operation a line is only the app knows, so it brings the lines here.

mod busiest;
mod order;
#[cfg(test)]
mod tests;
mod trial;

pub(crate) use self::{
    busiest::Spread,
    order::InOrder,
    trial::{Outcome, Row, Trial},
};

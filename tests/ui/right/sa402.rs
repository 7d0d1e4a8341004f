//! Each case of an error is told in constant words of its own, so that callers can react to it and nothing inside
//! is repeated. A variant without words would get its status from nowhere. `#[problem(internal)]` says that only
//! the log is told, and the caller gets 500 without a detail. This holds at compile time.
//!
//! Wrong: error/variant_without_problem

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "Out of stock")]
    OutOfStock,
    #[problem(status = 410, title = "The note was removed")]
    Gone,
}

//! `source`, `transparent` and `internal` are about a cause that the variant holds: it goes to the log, and never
//! to the caller. A variant without that one field holds no cause, and the log would stay empty when it is needed.
//! This holds at compile time.
//!
//! Wrong: error/source_without_field

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "Out of stock", source)]
    OutOfStock(String),
}

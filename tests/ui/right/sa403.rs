//! An error with a status of success is read as a success: by clients, by caches, by monitoring, and by the limits
//! and steps that count failures. So an error has a status from 400 to 599. This holds at compile time.
//!
//! Wrong: error/status_as_text

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "Out of stock")]
    OutOfStock,
}

//! `Retry-After` promises that the same request may succeed later. With a conflict or a missing resource it is the state that
//! has to change first, and a client that only waits sends the same request for nothing. This holds at compile time.
//!
//! Wrong: error/retry_after_of_conflict

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "The note is locked")]
    Locked,
    #[problem(status = 503, title = "The printer is busy", retry_after = 5)]
    Busy,
}

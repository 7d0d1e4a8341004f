//! 429 and 503 tell a client to try again. One that is not told when tries at once, and with it all others. The seconds are
//! sent as `Retry-After` (RFC 9110, section 10.2.3), as the document of the API says. This holds at compile time.
//!
//! Wrong: error/status_503_without_time

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 503, title = "The printer is busy", source, retry_after = 30)]
    Busy(std::io::Error),
}

//! RFC 9110 asks for a field with some statuses: `Allow` with 405, `Accept` with 415, `Content-Range` with 416, `Upgrade`
//! with 426. A client acts by that field, and a handler does not know it: the verbs of a path and the media types of a
//! body are declared, and the framework answers with them by itself. What a handler finds wrong with a request has a status
//! of its own. This holds at compile time.
//!
//! Wrong: error/status_415

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 422, title = "The file is no picture")]
    NoPicture,
}

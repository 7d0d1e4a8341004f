//! The cause goes to the log, with all of its own causes. A type that is no error has no words and no causes, so
//! the entry would say nothing. This holds at compile time.
//!
//! Wrong: error/internal_of_no_error

use secure_api::prelude::*;

#[derive(Debug)]
pub struct Inner;

impl std::fmt::Display for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the disk is full")
    }
}

impl std::error::Error for Inner {}

#[derive(ApiError)]
pub enum NoteError {
    #[problem(internal)]
    Io(Inner),
}

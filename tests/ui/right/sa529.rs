//! An upload without a file is a form that is harder to read: a web page of another origin may send one without asking
//! first, and its parts have headers of their own that have to be refused one by one. What has no file is taken in the
//! simpler form. This holds at compile time.
//!
//! Wrong: input/upload_without_a_file

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    #[input(max_len = 80)]
    title: String,
}

/// Takes a note.
#[post("/notes", version = Version::V1, public = "a sample is for everybody")]
async fn add_note(Json(_new): Json<NewNote>) -> Accepted {
    Accepted
}

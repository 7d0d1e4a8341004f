use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "The note is sealed", type = "urn:problem-type:locked")]
    Sealed,
    #[problem(status = 409, title = "The note is locked")]
    Locked,
}

fn main() {}

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "The note is locked", retry_after = 5)]
    Locked,
}

fn main() {}

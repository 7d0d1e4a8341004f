use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[error("The note is locked")]
    #[problem(status = 409, title = "The note is locked")]
    Locked,
}

fn main() {}

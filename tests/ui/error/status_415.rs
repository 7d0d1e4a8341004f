use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 415, title = "The file is no picture")]
    NoPicture,
}

fn main() {}

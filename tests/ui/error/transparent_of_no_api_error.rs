use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(transparent)]
    Io(std::io::Error),
}

fn main() {}

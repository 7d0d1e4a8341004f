use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 429, title = "Too many notes")]
    TooMany,
}

fn main() {}

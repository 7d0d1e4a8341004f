use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(internal)]
    Broken,
}

fn main() {}

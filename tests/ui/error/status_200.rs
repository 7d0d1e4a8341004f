use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 200, title = "Fine")]
    Fine,
}

fn main() {}

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(retry_after = 60, status = 404, title = "No such note")]
    Missing,
}

fn main() {}

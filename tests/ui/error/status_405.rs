use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 405, title = "A note that was sent is not changed")]
    Sent,
}

fn main() {}

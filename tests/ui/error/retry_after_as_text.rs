use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 503, title = "The printer is busy", retry_after = "5s")]
    Busy,
}

fn main() {}

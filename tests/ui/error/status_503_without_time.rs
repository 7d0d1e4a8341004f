use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 503, title = "The printer is busy", source)]
    Busy(std::io::Error),
}

fn main() {}

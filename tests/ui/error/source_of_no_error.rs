use secure_api::prelude::*;

pub struct Inner;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 502, title = "The archive did not answer", source)]
    Archive(Inner),
}

fn main() {}

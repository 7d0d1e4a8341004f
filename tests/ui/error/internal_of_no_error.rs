use secure_api::prelude::*;

pub struct Inner;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(internal)]
    Io(Inner),
}

fn main() {}

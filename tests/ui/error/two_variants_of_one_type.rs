use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(transparent)]
    Read(StoreError),
    #[problem(transparent)]
    Write(StoreError),
}

fn main() {}

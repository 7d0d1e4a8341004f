use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(transparent, status = 409)]
    Store(StoreError),
}

fn main() {}

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409)]
    OutOfStock,
}

fn main() {}

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem()]
    OutOfStock,
}

fn main() {}

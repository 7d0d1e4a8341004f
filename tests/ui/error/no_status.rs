use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(title = "Out of stock")]
    OutOfStock,
}

fn main() {}

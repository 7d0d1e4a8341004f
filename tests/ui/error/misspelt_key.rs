use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(staus = 409, title = "Out of stock")]
    OutOfStock,
}

fn main() {}

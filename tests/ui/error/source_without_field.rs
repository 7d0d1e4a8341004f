use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "Out of stock", source)]
    OutOfStock,
}

fn main() {}

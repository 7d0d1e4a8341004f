use secure_api::prelude::*;

#[derive(ApiError)]
#[problem(status = 409, title = "Out of stock")]
pub struct OutOfStock;

fn main() {}

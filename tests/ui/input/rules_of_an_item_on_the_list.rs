use secure_api::prelude::*;

#[derive(Input)]
pub struct NewProduct {
    #[input(items = 0..=5, min_len = 1, max_len = 40)]
    tags: Option<Vec<String>>,
}

fn main() {}

use secure_api::prelude::*;

#[derive(Input)]
struct Tagged {
    #[input(items = 0..=5, max_len = 20)]
    tags: Vec<String>,
}

fn main() {}

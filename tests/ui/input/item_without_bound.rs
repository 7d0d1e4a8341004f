use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(items = 0..=3)]
    tags: Vec<String>,
}

fn main() {}

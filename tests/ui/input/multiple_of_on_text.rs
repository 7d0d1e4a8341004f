use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(max_len = 3, multiple_of = 5)]
    size: String,
}

fn main() {}

use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    #[input(max_len = 10, items = 1..=3)]
    note: String,
}

fn main() {}

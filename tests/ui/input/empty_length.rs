use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    #[input(min_len = 10, max_len = 5)]
    note: String,
}

fn main() {}

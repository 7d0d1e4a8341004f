use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    #[input(max_length = 10, max_len = 10)]
    note: String,
}

fn main() {}

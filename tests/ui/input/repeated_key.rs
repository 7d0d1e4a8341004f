use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    #[input(max_len = 10)]
    #[input(text, max_len = 20)]
    note: String,
}

fn main() {}

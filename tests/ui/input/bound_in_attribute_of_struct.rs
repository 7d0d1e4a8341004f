use secure_api::prelude::*;

#[derive(Input)]
#[input(max_len = 10)]
struct NewNote {
    #[input(max_len = 5)]
    note: String,
}

fn main() {}

use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    #[input(max_len = "ten")]
    note: String,
}

fn main() {}

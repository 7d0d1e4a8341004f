use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    note: String,
}

fn main() {}

use secure_api::prelude::*;

#[derive(Input)]
struct NewName {
    #[input(max_len = 1..=80)]
    name: String,
}

fn main() {}
